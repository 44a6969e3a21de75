package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.application.AdvanceGeneration;
import dev.darkroom.application.ReadGeneration;
import dev.darkroom.domain.GenerationId;
import jakarta.inject.Singleton;

/** One step of one row, for a state machine that polls. */
@Singleton
class SingleRow {

    private final ReadGeneration readGeneration;
    private final AdvanceGeneration advanceGeneration;
    private final GenerationViews views;

    SingleRow(ReadGeneration readGeneration, AdvanceGeneration advanceGeneration, GenerationViews views) {
        this.readGeneration = readGeneration;
        this.advanceGeneration = advanceGeneration;
        this.views = views;
    }

    /**
     * The generation as callers see it, once it has ended.
     *
     * @throws GenerationNotFoundException when there is no such row
     * @throws GenerationNotFinishedException when it has not ended; the state machine asks again
     */
    JsonNode advance(GenerationId id) {
        var row = readGeneration.read(id).orElseThrow(GenerationNotFoundException::new);
        var ended = advanceGeneration.advance(row).generation();
        if (!ended.state().status().isTerminal()) {
            throw new GenerationNotFinishedException();
        }
        return Json.tree(GenerationView.of(ended, views.address().result(id)));
    }
}
