package dev.darkroom.runtime;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** Where the AWS services are called. */
@ConfigMapping(prefix = "darkroom.aws")
interface AwsConfig {

    /** The region's id. */
    String region();

    /** The address of Secrets Manager and Systems Manager, in place of those of the region. */
    Optional<URI> secretsEndpoint();

    /** Whether the function sends a subsegment to X-Ray for each of its calls. */
    @WithDefault("false")
    boolean tracing();
}
