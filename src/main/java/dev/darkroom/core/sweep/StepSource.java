package dev.darkroom.core.sweep;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.DueIndexPartition;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The source of a {@link LeasedSweep}'s steps. All methods are called by its one deciding thread, and may throw {@link
 * StoreUnavailableException}.
 *
 * @param <R> what a step returns
 */
public interface StepSource<R> {

    /** The partition whose lease the sweep needs. */
    DueIndexPartition partition();

    /** How many steps run at once, at most. */
    int concurrency();

    /**
     * Whether there may be a step to run. Called before the lease is acquired, so that an idle partition costs no
     * write.
     */
    boolean hasWork();

    /** Whether work is left that is due before the schedule starts the next sweep. Called at the end. */
    default boolean leavesWork() {
        return hasWork();
    }

    /** Whether a larger function has to do the rest. Then no further step starts here. */
    default boolean isOutgrown() {
        return false;
    }

    /** Lists due rows: at first, and then about every second. */
    void discover();

    /** Decides what the sweep does now. */
    Next<R> next();

    /** A step has ended; {@code result} is empty when it ended in an exception. */
    Effect completed(GenerationId id, Optional<R> result);

    /** See {@link #next}. */
    sealed interface Next<R> {
        /** Run this step beside the others. */
        record Start<R>(GenerationId id, Supplier<R> step) implements Next<R> {}

        /** Nothing before {@code until}, a completed step or the next discovery, whichever is first. */
        record Wait<R>(Instant until) implements Next<R> {}

        /** Nothing more in this sweep, once the running steps have ended. */
        record Drained<R>() implements Next<R> {}
    }

    /** What a step has done. */
    enum Effect {
        /** The step only read. */
        NONE,
        /** The step could not be executed, for reasons that are not the row's own. */
        DEFERRED,
        EXECUTED,
        /** The row is terminal now. */
        FINISHED
    }
}
