package dev.darkroom.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Settings of the budget; what they mean stands at {@link dev.darkroom.domain.RateLimits}. */
@ConfigMapping(prefix = "darkroom.budget")
interface BudgetConfig {

    Optional<Integer> imagesPerMinute();

    Optional<Integer> predictionsInFlight();

    @WithDefault("1000")
    int queuedPerOwner();
}
