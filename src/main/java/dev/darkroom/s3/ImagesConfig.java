package dev.darkroom.s3;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the images that are kept. */
@ConfigMapping(prefix = "darkroom.images")
public interface ImagesConfig {

    /** The bucket of the images; without one no images are kept. */
    Optional<String> bucket();

    /** The address of another storage with the API of S3; without it the bucket is in S3, in the function's region. */
    Optional<URI> endpoint();

    /** How long an image is kept after it was copied: the rule of the bucket that deletes it says the same. */
    @WithDefault("P30D")
    Duration retention();
}
