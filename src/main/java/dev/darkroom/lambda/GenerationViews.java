package dev.darkroom.lambda;

import dev.darkroom.application.CallbackAddress;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.NextStep;
import dev.darkroom.domain.QueuePosition;
import dev.darkroom.domain.Timeouts;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes what callers see of generations, by what is configured. */
@Singleton
class GenerationViews {

    private final CallbackAddress gateway;
    private final Timeouts timeouts;

    GenerationViews(CallbackAddress gateway, Timeouts timeouts) {
        this.gateway = gateway;
        this.timeouts = timeouts;
    }

    /** Where the caller of a request can reach us. */
    PublicAddress address(ApiGatewayRequest request) {
        return PublicAddress.of(request, gateway);
    }

    /** Where a workflow can reach us; a path only when no address is configured. */
    PublicAddress address() {
        return PublicAddress.configured(gateway);
    }

    /** {@code position} is where it waits, if it does. */
    GenerationView of(Generation generation, Optional<QueuePosition> position, PublicAddress address) {
        return GenerationView.of(
                generation, position, NextStep.endOf(generation, timeouts), address.result(generation.id()));
    }
}
