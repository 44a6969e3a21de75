package dev.darkroom.http.wavespeed.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.core.step.NextStep;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.GatewayAddress;
import dev.darkroom.http.ImageLinks;
import dev.darkroom.http.PublicUrl;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Makes the views that callers see of generations, with the configured address and time limits. */
@Singleton
public class GenerationViews {

    private final GatewayAddress gateway;
    private final Timeouts timeouts;
    private final ImageRetention retention;

    public GenerationViews(GatewayAddress gateway, Timeouts timeouts, ImageRetention retention) {
        this.gateway = gateway;
        this.timeouts = timeouts;
        this.retention = retention;
    }

    /** The gateway's address for the caller of a request. */
    public PublicUrl address(ApiGatewayRequest request) {
        return gateway.of(request, ApiPaths.ROOT);
    }

    /**
     * The {@code data} of a response as a workflow gets it, with the gateway's address, or with paths when it is not
     * known.
     *
     * @param position is there if the request is queued
     */
    public JsonNode json(Generation generation, Optional<QueuePosition> position) {
        return json(generation, position, Notices.NONE);
    }

    /** The same, with what the caller of a new request should know. */
    public JsonNode json(Generation generation, Optional<QueuePosition> position, Notices notices) {
        return WaveSpeedDialect.tree(of(generation, position, gateway.withoutRequest(), notices));
    }

    /** {@code position} is there if the request is queued. */
    public GenerationView of(
            Generation generation, Optional<QueuePosition> position, PublicUrl address, Notices notices) {
        return GenerationView.of(
                        generation,
                        position,
                        NextStep.endOf(generation, timeouts),
                        address.api() + ApiPaths.result(generation.id()),
                        ImageLinks.of(generation, address),
                        notices)
                .withImages(images(generation));
    }

    private List<ImageView> images(Generation generation) {
        return generation.request().keepsImages() && generation.state() instanceof State.Completed completed
                ? completed.outputs().stream()
                        .map(output -> ImageView.of(output, completed.finishedAt(), retention))
                        .toList()
                : List.of();
    }

    /** The view with the provider's addresses of the images, as long as the provider has the images. */
    public GenerationView withSources(GenerationView view, Generation generation) {
        return generation.state() instanceof State.Completed completed && retention.isAtProvider(completed.finishedAt())
                ? view.withSources(completed.outputs().stream().map(Output::url).toList())
                : view;
    }
}
