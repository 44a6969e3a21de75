package dev.darkroom.lambda;

import io.smallrye.config.ConfigMapping;

/** Settings of the metrics. */
@ConfigMapping(prefix = "darkroom.metrics")
interface MetricsConfig {

    /** The dimension of all metrics: which deployment they are of. */
    String stage();
}
