package dev.darkroom.application;

import dev.darkroom.application.HeldRows.Held;
import dev.darkroom.application.StepResult.Kind;
import dev.darkroom.domain.State;
import java.time.Instant;
import java.util.Optional;

/** The step of a due row in a sweep. */
final class DueStep {

    private final AdvanceGeneration advance;
    private final GenerationContext context;
    private final Instant windowEnd;

    DueStep(AdvanceGeneration advance, GenerationContext context, Instant windowEnd) {
        this.advance = advance;
        this.context = context;
        this.windowEnd = windowEnd;
    }

    /** Empty when the row no longer exists. */
    Optional<StepResult> run(Held held) {
        var row = held.row() == null ? context.store().find(held.id()) : Optional.of(held.row());
        var result = row.map(advance::advance);
        result.ifPresent(this::postponeBeyondTheWindow);
        return result;
    }

    /**
     * But a claimed row is left alone: its due time has to be right when the claim's holder writes next. So is one that has
     * ended: whoever ended it has set the time. And so is one whose step was deferred: it is due.
     */
    private void postponeBeyondTheWindow(StepResult result) {
        var row = result.generation();
        result.nextCheckAt()
                .filter(at -> result.kind() != Kind.DEFERRED && at.isAfter(windowEnd) && !at.equals(row.dueAt()))
                .filter(_ -> row.state() instanceof State.Processing || row.state() instanceof State.Unconfirmed)
                .ifPresent(at -> advance.postpone(row, at));
    }
}
