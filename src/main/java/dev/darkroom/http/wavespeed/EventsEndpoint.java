package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.submission.ReadGeneration;
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

    ObjectNode answer(Owner owner, String idText) {
        return GenerationId.parse(idText)
                .map(id -> readGeneration
                        .read(id, owner)
                        .map(reading -> WaveSpeedDialect.ok(EventsView.of(reading.generation())))
                        .orElseGet(WaveSpeedDialect::notFound))
                .orElseGet(WaveSpeedDialect::invalidId);
    }
}
