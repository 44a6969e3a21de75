package dev.darkroom.runtime;

import io.smallrye.config.ConfigMapping;

/** Where the AWS services are called. */
@ConfigMapping(prefix = "darkroom.aws")
interface AwsConfig {

    /** The region's id. */
    String region();
}
