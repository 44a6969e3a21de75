package dev.darkroom.core.ratelimit;

import dev.darkroom.core.account.Owner;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;

/**
 * Stores the submission gate of one provider. Each method throws {@link StoreUnavailableException} when the store could
 * not be reached or did not answer.
 */
public interface SubmissionGateStore {

    /**
     * One version of the gate.
     *
     * @param version 0 before it was first written, one more with every write
     */
    record Stored(SubmissionGate gate, long version) {

        public Stored followedBy(SubmissionGate next) {
            return new Stored(next, version + 1);
        }
    }

    /** The result of a write. */
    sealed interface Write {
        /** The write stored {@code after}. */
        record Done(Stored after) implements Write {}

        /** Nothing was written; {@code because} is the stored version, which did not allow it. */
        record Refused(Stored because) implements Write {}
    }

    /** As the last finished write left it. */
    Stored read();

    /** Replaces the version before {@code next} with {@code next}; refused if another writer was first. */
    Write replace(Stored next);

    /**
     * Does the same as {@link FairQueue#enqueue} in one write. It does not conflict with the writes of other processes,
     * however many enqueue at once. It is refused if the queue is empty.
     *
     * @param maxRound refused also if a request of the owner waits in this round or in a later one
     */
    Write enqueue(Owner owner, long maxRound, Instant now);
}
