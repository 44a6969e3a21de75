package dev.darkroom.runtime.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the rate limit; they are explained at {@link dev.darkroom.core.ratelimit.RateLimits}. */
@ConfigMapping(prefix = "darkroom.rate-limit")
interface RateLimitConfig {

    @WithDefault("1000")
    int maxQueuedPerOwner();
}
