package dev.darkroom.runtime.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the images that the gateway keeps. */
@ConfigMapping(prefix = "darkroom.images")
interface ImagesConfig {

    /** Whether the images of new generations are copied to the bucket. */
    @WithDefault("false")
    boolean keep();

    /** How long the bucket keeps an image, as its lifecycle rule says; without it as long as the table keeps a row. */
    Optional<Duration> retention();
}
