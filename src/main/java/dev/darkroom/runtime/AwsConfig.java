package dev.darkroom.runtime;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Where the AWS services are called. */
@ConfigMapping(prefix = "darkroom.aws")
interface AwsConfig {

    /** The region's id. */
    String region();

    /** The address of Secrets Manager and Systems Manager, in place of those of the region. */
    Optional<URI> secretsEndpoint();
}
