package dev.darkroom.core.store;

import dev.darkroom.core.generation.Generation;
import java.util.Collection;
import java.util.function.Supplier;

/**
 * Starts a sweep now instead of at the next tick of the schedule. It never throws: a sweep that was not started costs
 * time, not images, because the schedule finds the row.
 */
@FunctionalInterface
public interface SweepTrigger {

    /**
     * Starts a sweep of the row's shard, and passes the row to it, because the index may not show it yet. For a queued
     * row it starts a sweep of the queue.
     */
    void triggerFor(Generation generation);

    /** The same for several due rows, with one sweep for each shard that has one of them. */
    default void triggerForAll(Collection<Generation> due) {
        due.forEach(this::triggerFor);
    }

    /** The same for a row whose webhook has come, but could not be applied. */
    default void triggerAfterWebhook(Generation due) {
        triggerFor(due);
    }

    /** Starts a sweep of a partition that continues the work that another one had to leave. */
    default void trigger(DueIndexPartition partition) {}

    /** Starts a sweep of a partition in the larger function, because this one has no room for the work. */
    default void handOver(DueIndexPartition partition) {
        trigger(partition);
    }

    /**
     * Calls {@link #triggerFor} while {@code call} runs, so that the caller does not wait for it. The trigger has ended
     * when this returns, because the function may be frozen then.
     */
    default <T> T triggerBeside(Generation generation, Supplier<T> call) {
        triggerFor(generation);
        return call.get();
    }
}
