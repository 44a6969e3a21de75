package dev.darkroom.domain;

import org.jspecify.annotations.Nullable;

/**
 * Who asked for a generation.
 *
 * @param waitingTask the workflow's task that waits to be told how it ended; null when none does
 */
public record Caller(Owner owner, @Nullable TaskToken waitingTask) {

    /** An owner who reads the result when it suits him. */
    public static Caller of(Owner owner) {
        return new Caller(owner, null);
    }
}
