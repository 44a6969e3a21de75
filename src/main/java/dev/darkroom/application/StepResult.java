package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import java.time.Instant;
import java.util.Optional;

/**
 * A row after a step.
 *
 * @param nextCheckAt when it is worth a step again; empty when its time decides nothing any more
 */
public record StepResult(Generation generation, Optional<Instant> nextCheckAt, Kind kind) {

    /** How the step went. */
    public enum Kind {
        EXECUTED,
        /** It failed for a reason that is the row's own. */
        UNCLEAR,
        /** It was not executed, for a reason that is not the row's: the row stays due as it is. */
        DEFERRED
    }

    boolean isFinished() {
        return generation.state().status().isTerminal();
    }

    StepResult deferredUntil(Instant time) {
        return new StepResult(generation, nextCheckAt.map(_ -> time), Kind.DEFERRED);
    }

    StepResult unclear() {
        return new StepResult(generation, nextCheckAt, Kind.UNCLEAR);
    }

    StepResult notBefore(Instant earliest) {
        return new StepResult(generation, nextCheckAt.map(at -> at.isBefore(earliest) ? earliest : at), kind);
    }
}
