package dev.darkroom.application;

import dev.darkroom.domain.Generation;

/**
 * Starts a sweep now instead of at the next tick of the schedule. It never throws: a kick that is lost costs time, not
 * images, because the schedule finds the row.
 */
@FunctionalInterface
public interface SweepKick {

    /**
     * Starts a sweep of the row's shard, and tells it of the row, because the index may not show it yet; or of the queue, when
     * it waits for its turn.
     */
    void kick(Generation generation);
}
