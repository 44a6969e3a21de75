package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import java.time.Instant;
import java.util.Optional;

/**
 * A row after a step.
 *
 * @param nextLook when it is worth looking at again; empty when its time decides nothing any more
 * @param isTaken false when the step could not be taken yet, for a reason that is not the row's: it stays due as it is
 */
public record Advanced(Generation generation, Optional<Instant> nextLook, boolean isTaken) {

    public Advanced(Generation generation, Optional<Instant> nextLook) {
        this(generation, nextLook, true);
    }

    Advanced notTakenBefore(Instant time) {
        return new Advanced(generation, nextLook.map(_ -> time), false);
    }
}
