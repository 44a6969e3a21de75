package dev.darkroom.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the rate limit; what they mean stands at {@link dev.darkroom.domain.RateLimits}. */
@ConfigMapping(prefix = "darkroom.budget")
interface RateLimitConfig {

    Optional<Integer> imagesPerMinute();

    @WithDefault("1000")
    int queuedPerOwner();
}
