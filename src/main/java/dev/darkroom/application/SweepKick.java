package dev.darkroom.application;

import dev.darkroom.domain.GenerationId;

/**
 * Starts a sweep now instead of at the next tick of the schedule. It never throws: a kick that is lost costs time, not
 * images, because the schedule finds the row.
 */
@FunctionalInterface
public interface SweepKick {

    /** Starts a sweep of the shard in which the row stands. */
    void kick(GenerationId id);
}
