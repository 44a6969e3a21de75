package dev.darkroom.worker;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.store.GenerationContext;
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
    private final GenerationContext context;
    private final GenerationViews views;

    public SingleRow(
            ReadGeneration readGeneration,
            AdvanceGeneration advanceGeneration,
            GenerationContext context,
            GenerationViews views) {
        this.readGeneration = readGeneration;
        this.advanceGeneration = advanceGeneration;
        this.context = context;
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
        var reading = readGeneration.join(row.state().status().isTerminal() ? row : advanced(row));
        if (!reading.generation().state().status().isTerminal()) {
            throw new GenerationNotFinishedException();
        }
        return views.json(reading.generation(), Optional.empty(), reading.notices());
    }

    /** Follow-ups are left to a sweep: the copy of an image may take longer than the state machine waits. */
    private Generation advanced(Generation row) {
        var next = advanceGeneration.advance(row).generation();
        context.triggerForFollowUps(next);
        return next;
    }
}
