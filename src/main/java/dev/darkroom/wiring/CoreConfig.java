package dev.darkroom.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;

/** Settings of the core; what they mean stands at {@link dev.darkroom.application.Timings}. */
@ConfigMapping(prefix = "darkroom")
interface CoreConfig {

    Models models();

    Timings timings();

    /** Settings of the catalogue. */
    interface Models {

        /** Models to lead to another path of the provider: {@code model=path;model=path}. */
        Map<String, String> upstreamPaths();
    }

    /** See {@link dev.darkroom.application.Timings}. */
    interface Timings {

        @WithDefault("PT2S")
        Duration firstLook();

        @WithDefault("PT30S")
        Duration claimTimeout();

        @WithDefault("PT24H")
        Duration submitGiveUp();

        @WithDefault("PT1H")
        Duration unconfirmedGiveUp();

        @WithDefault("PT10M")
        Duration predictionVisible();
    }
}
