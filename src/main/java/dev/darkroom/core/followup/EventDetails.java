package dev.darkroom.core.followup;

import dev.darkroom.core.generation.Generation;

/** Writes what an event about a generation says. */
@FunctionalInterface
public interface EventDetails {

    /** JSON of less than 240,000 bytes: the same for each attempt, as long as the row does not change. */
    String of(Generation ended);
}
