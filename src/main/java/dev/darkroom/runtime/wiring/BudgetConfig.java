package dev.darkroom.runtime.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of the limit on what the whole deployment may spend. */
@ConfigMapping(prefix = "darkroom.budget")
interface BudgetConfig {

    /** In dollars a day (UTC), with six decimals at most; 0 is no limit. */
    @WithDefault("100")
    String maxPerDay();
}
