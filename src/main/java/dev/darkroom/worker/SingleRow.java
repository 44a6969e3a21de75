package dev.darkroom.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.errors.GenerationNotFinishedException;
import dev.darkroom.errors.GenerationNotFoundException;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import jakarta.inject.Singleton;
import java.util.Optional;

/** One step of one row, for a state machine that polls. */
@Singleton
public class SingleRow {

    private final ReadGeneration readGeneration;
    private final AdvanceGeneration advanceGeneration;
    private final GenerationViews views;

    public SingleRow(ReadGeneration readGeneration, AdvanceGeneration advanceGeneration, GenerationViews views) {
        this.readGeneration = readGeneration;
        this.advanceGeneration = advanceGeneration;
        this.views = views;
    }

    /**
     * The generation as callers see it, once it has ended.
     *
     * @throws GenerationNotFoundException when there is no such row
     * @throws GenerationNotFinishedException when it has not ended; the state machine retries
     */
    JsonNode advance(GenerationId id) {
        var row = readGeneration.read(id).orElseThrow(GenerationNotFoundException::new);
        var reading = readGeneration.join(advanceGeneration.advance(row).generation());
        if (!reading.generation().state().status().isTerminal()) {
            throw new GenerationNotFinishedException();
        }
        return views.json(reading.generation(), Optional.empty(), reading.notices());
    }
}
