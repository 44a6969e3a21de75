package dev.darkroom.application;

import dev.darkroom.domain.Owner;
import dev.darkroom.domain.SubmissionGate;
import java.time.Instant;

/**
 * Keeps the one submission gate. Each method throws {@link StoreUnavailableException} when the store could not be asked or did
 * not answer.
 */
public interface SubmissionGateStore {

    /**
     * The gate at one time.
     *
     * @param version 0 before it was first written, one more with every write
     */
    record Stored(SubmissionGate gate, long version) {

        Stored followedBy(SubmissionGate next) {
            return new Stored(next, version + 1);
        }
    }

    /** What became of a write. */
    sealed interface Write {
        /** What is stored by it. */
        record Done(Stored after) implements Write {}

        /** Nothing was written, because of what is stored. */
        record Refused(Stored because) implements Write {}
    }

    /** As the last finished write left it. */
    Stored read();

    /** Replaces the version before {@code next} by it; refused if another writer did. */
    Write replace(Stored next);

    /**
     * Does what {@link dev.darkroom.domain.FairQueue#enqueue} does, by a write that adds to what is stored: however many enqueue
     * at once, none is refused because another was faster.
     *
     * @param maxRound it is refused if a request of the owner waits in this round or a later one; and if no request waits at all
     */
    Write enqueue(Owner owner, long maxRound, Instant now);
}
