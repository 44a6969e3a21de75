package dev.darkroom.observability;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the metrics. */
@ConfigMapping(prefix = "darkroom.metrics")
public interface MetricsConfig {

    /** The dimension of all metrics: the deployment that they belong to. */
    @WithDefault("dev")
    String stage();
}
