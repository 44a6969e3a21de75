package dev.darkroom.runtime.wiring;

import dev.darkroom.core.step.Timeouts;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.SweepTrigger;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** Makes what all use cases work with: the clock, the time limits and the context. */
class ContextProducers {

    /** In milliseconds, as times are stored, so that a row equals its stored version. */
    @Produces
    @Singleton
    InstantSource clock() {
        return Clock.tickMillis(ZoneOffset.UTC);
    }

    @Produces
    @Singleton
    Timeouts timeouts(TimeoutsConfig config) {
        return new Timeouts(
                config.firstCheck().orElse(Timeouts.DEFAULTS.firstCheck()),
                config.firstCheck().orElse(Timeouts.DEFAULTS.firstCheckWithWebhook()),
                config.claim(),
                config.queued(),
                config.reconciliation(),
                config.processing(),
                config.resubmitAfter(),
                config.predictionVisibility());
    }

    @Produces
    @Singleton
    GenerationContext generationContext(
            GenerationStore store, GenerationListener listener, SweepTrigger trigger, InstantSource clock) {
        return new GenerationContext(store, listener, trigger, clock);
    }
}
