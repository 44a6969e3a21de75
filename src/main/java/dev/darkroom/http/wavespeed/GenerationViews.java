package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.NextStep;
import dev.darkroom.core.generation.Timeouts;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.PublicUrl;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Makes the views that callers see of generations, with the configured address and time limits. */
@Singleton
public class GenerationViews {

    private final CallbackUrl gateway;
    private final Timeouts timeouts;

    public GenerationViews(CallbackUrl gateway, Timeouts timeouts) {
        this.gateway = gateway;
        this.timeouts = timeouts;
    }

    /** The gateway's address for the caller of a request. */
    PublicUrl address(ApiGatewayRequest request) {
        return PublicUrl.of(request, gateway, Endpoint.API);
    }

    /**
     * The {@code data} of a response as a workflow gets it, with the configured address, or with a path when none is
     * configured.
     *
     * @param position is there if the request is queued
     */
    public JsonNode json(Generation generation, Optional<QueuePosition> position) {
        return WaveSpeedDialect.tree(of(generation, position, PublicUrl.configured(gateway)));
    }

    /** {@code position} is there if the request is queued. */
    GenerationView of(Generation generation, Optional<QueuePosition> position, PublicUrl address) {
        return GenerationView.of(
                generation, position, NextStep.endOf(generation, timeouts), address.base() + Endpoint.resultPath(generation.id()));
    }
}
