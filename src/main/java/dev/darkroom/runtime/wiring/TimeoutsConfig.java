package dev.darkroom.runtime.wiring;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Time limits of the core; they are explained at {@link dev.darkroom.core.step.Timeouts}. */
@ConfigMapping(prefix = "darkroom.timeouts")
interface TimeoutsConfig {

    /** 2 s by default; 2 minutes for a provider that sends webhooks, because the check is then only the safety net. */
    Optional<Duration> firstCheck();

    @WithDefault("PT30S")
    Duration claim();

    @WithDefault("PT24H")
    Duration queued();

    @WithDefault("PT24H")
    Duration reconciliation();

    @WithDefault("PT24H")
    Duration processing();

    Optional<Duration> resubmitAfter();

    @WithDefault("PT10M")
    Duration predictionVisibility();
}
