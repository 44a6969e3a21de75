package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.http.HttpResponses;
import dev.darkroom.http.wavespeed.wire.EventsEnvelope;
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

    /** Apart, so that a process on the JVM makes it only if it answers events. */
    private static final class Body {
        static final ObjectWriter WRITER = WaveSpeedDialect.writerFor(EventsEnvelope.class);
    }

    ObjectNode answer(Owner owner, String idText) {
        return GenerationId.parse(idText)
                .map(id -> readGeneration
                        .read(id, owner)
                        .map(reading -> ok(EventsView.of(reading.generation())))
                        .orElseGet(WaveSpeedDialect::notFound))
                .orElseGet(WaveSpeedDialect::invalidId);
    }

    private static ObjectNode ok(EventsView view) {
        return HttpResponses.ok(WaveSpeedDialect.write(Body.WRITER, EventsEnvelope.of(view)));
    }
}
