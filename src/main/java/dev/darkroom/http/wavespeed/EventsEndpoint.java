package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.wavespeed.wire.EventsView;
import dev.darkroom.http.wavespeed.wire.WaveSpeedDialect;
import jakarta.inject.Singleton;

/** {@code GET /api/v3/predictions/{id}/events}. It accepts any query, as {@link ResultEndpoint} does. */
@Singleton
public class EventsEndpoint {

    private final ReadGeneration readGeneration;

    public EventsEndpoint(ReadGeneration readGeneration) {
        this.readGeneration = readGeneration;
    }

    ObjectNode answer(ApiGatewayRequest request, String idText) {
        return GenerationId.parse(idText)
                .map(id -> readGeneration
                        .read(id, request.owner())
                        .map(reading -> WaveSpeedDialect.ok(EventsView.of(reading.generation())))
                        .orElseGet(WaveSpeedDialect::notFound))
                .orElseGet(WaveSpeedDialect::invalidId);
    }
}
