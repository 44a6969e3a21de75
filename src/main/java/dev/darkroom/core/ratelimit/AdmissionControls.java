package dev.darkroom.core.ratelimit;

import dev.darkroom.core.generation.ProviderId;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The admission control of each provider. Each has its own rate, circuits and queue, so that a provider that accepts
 * nothing delays no request of another one.
 */
public final class AdmissionControls {

    private final Map<ProviderId, AdmissionControl> made = new ConcurrentHashMap<>();
    private final Function<ProviderId, AdmissionControl> make;

    /** {@code make} is called once for each provider, when it is first needed. */
    public AdmissionControls(Function<ProviderId, AdmissionControl> make) {
        this.make = make;
    }

    public AdmissionControl of(ProviderId provider) {
        return made.computeIfAbsent(provider, make);
    }
}
