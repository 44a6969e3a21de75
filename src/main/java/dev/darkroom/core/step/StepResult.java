package dev.darkroom.core.step;

import dev.darkroom.core.generation.Generation;
import java.time.Instant;
import java.util.Optional;

/**
 * A row after a step.
 *
 * @param nextCheckAt when the row should take its next step; empty when it is queued or needs no further step
 */
public record StepResult(Generation generation, Optional<Instant> nextCheckAt, Kind kind) {

    /** How the step went. */
    public enum Kind {
        EXECUTED,
        /** The step failed for the row's own reasons. */
        FAILED,
        /** The step was not executed, for reasons that are not the row's own; the row stays due. */
        DEFERRED,
        /** The step was not executed, because it needs a larger function; the row stays due. */
        OUTGROWN
    }

    public boolean isFinished() {
        return generation.state().status().isTerminal();
    }

    /** Whether the step was not executed, so that the row stays due. */
    public boolean isDeferred() {
        return kind == Kind.DEFERRED || kind == Kind.OUTGROWN;
    }

    StepResult deferredUntil(Instant time) {
        return new StepResult(generation, nextCheckAt.map(_ -> time), Kind.DEFERRED);
    }

    StepResult outgrown() {
        return new StepResult(generation, nextCheckAt, Kind.OUTGROWN);
    }

    StepResult failed() {
        return new StepResult(generation, nextCheckAt, Kind.FAILED);
    }

    StepResult notBefore(Instant earliest) {
        return new StepResult(generation, nextCheckAt.map(at -> at.isBefore(earliest) ? earliest : at), kind);
    }
}
