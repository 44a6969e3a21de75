package dev.darkroom.http.wavespeed.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.core.step.NextStep;
import dev.darkroom.core.step.Timeouts;
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
    public PublicUrl address(ApiGatewayRequest request) {
        return PublicUrl.of(request, gateway, ApiPaths.ROOT);
    }

    /**
     * The {@code data} of a response as a workflow gets it, with the configured address, or with a path when none is
     * configured.
     *
     * @param position is there if the request is queued
     */
    public JsonNode json(Generation generation, Optional<QueuePosition> position) {
        return json(generation, position, Notices.NONE);
    }

    /** The same, with what the caller of a new request should know. */
    public JsonNode json(Generation generation, Optional<QueuePosition> position, Notices notices) {
        return WaveSpeedDialect.tree(of(generation, position, PublicUrl.configured(gateway), notices));
    }

    /** {@code position} is there if the request is queued. */
    public GenerationView of(
            Generation generation, Optional<QueuePosition> position, PublicUrl address, Notices notices) {
        return GenerationView.of(
                generation,
                position,
                NextStep.endOf(generation, timeouts),
                address.base() + ApiPaths.result(generation.id()),
                notices);
    }
}
