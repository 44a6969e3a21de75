package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.Shard;
import java.util.function.Supplier;

/**
 * Starts a sweep now instead of at the next tick of the schedule. It never throws: a sweep that was not started costs time, not
 * images, because the schedule finds the row.
 */
@FunctionalInterface
public interface SweepKick {

    /**
     * Starts a sweep of the row's shard, and names the row to it, because the index may not show it yet; or of the queue, when
     * it waits there.
     */
    void kick(Generation generation);

    /** Starts a sweep of a shard, or of the queue, that goes on with what another one had to leave. */
    default void kickSweep(Shard shard) {}

    /** The same as {@link #kick} beside a call, so that nobody waits for it. It has ended when this returns, for a function may be frozen then. */
    default <T> T kickBeside(Generation generation, Supplier<T> call) {
        kick(generation);
        return call.get();
    }
}
