package dev.darkroom.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the core; what they mean stands at {@link dev.darkroom.domain.Timeouts}. */
@ConfigMapping(prefix = "darkroom.timings")
interface TimingsConfig {

    /** 2 s; 2 minutes when the provider tells us: then a look is only the safety net. */
    Optional<Duration> firstLook();

    @WithDefault("PT30S")
    Duration claimTimeout();

    @WithDefault("PT24H")
    Duration submitGiveUp();

    @WithDefault("PT24H")
    Duration unconfirmedGiveUp();

    @WithDefault("PT24H")
    Duration processingGiveUp();

    Optional<Duration> resubmitAfter();

    @WithDefault("PT10M")
    Duration predictionVisible();
}
