package dev.darkroom.application;

import dev.darkroom.domain.SubmissionGate;
import java.util.Optional;

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

    /** As the last finished write left it. */
    Stored read();

    /** Replaces the version before {@code next} by it; if another writer did, writes nothing and returns what is stored. */
    Optional<Stored> replace(Stored next);
}
