package dev.darkroom.application;

import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Shard;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the steps of a {@link LeasedSweep} come from. All methods are called by its one deciding thread, and may throw
 * {@link StoreUnavailableException}.
 *
 * @param <R> what a step returns
 */
interface StepSource<R> {

    /** Whose lease is needed. */
    Shard shard();

    /** How many steps run at once, at most. */
    int concurrency();

    /** Whether there may be a step to run. Asked before the lease is acquired, so that an idle shard costs no write. */
    boolean hasWork();

    /** Whether work is left that is due before the schedule starts the next sweep. Asked at the end. */
    default boolean leavesWork() {
        return hasWork();
    }

    /** Lists what is due: at first, and then about every second. */
    void discover();

    /** What to do now. */
    Next<R> next();

    /** A step has ended; without a result it ended in an exception. */
    Effect completed(GenerationId id, Optional<R> result);

    /** See {@link #next}. */
    sealed interface Next<R> {
        /** Run this step beside the others. */
        record Start<R>(GenerationId id, Supplier<R> step) implements Next<R> {}

        /** Nothing before {@code until}, a completed step or the next discovery, whichever is first. */
        record Wait<R>(Instant until) implements Next<R> {}

        /** Nothing in this sweep, once what runs has ended. */
        record Drained<R>() implements Next<R> {}
    }

    /** What a step has done. */
    enum Effect {
        /** It only read. */
        NONE,
        /** It could not be executed, for a reason that is not the row's. */
        DEFERRED,
        EXECUTED,
        /** The row is terminal now. */
        FINISHED
    }
}
