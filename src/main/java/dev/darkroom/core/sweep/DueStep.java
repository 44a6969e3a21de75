package dev.darkroom.core.sweep;

import dev.darkroom.core.generation.State;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.step.StepResult;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.sweep.HeldRows.Held;
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
     * Postpones a row whose next check is after the window. A claimed row keeps its due time, because the time has to
     * be right when the claim's holder writes next. An ended row got its time from its last writer, unless it waits for
     * its copies. A row whose step was deferred stays due.
     */
    private void postponeBeyondTheWindow(StepResult result) {
        var row = result.generation();
        result.nextCheckAt()
                .filter(at -> !result.isDeferred() && at.isAfter(windowEnd) && !at.equals(row.dueAt()))
                .filter(_ -> row.state() instanceof State.Processing
                        || row.state() instanceof State.Unconfirmed
                        || row.owesFollowUps())
                .ifPresent(at -> advance.postpone(row, at));
    }
}
