package dev.darkroom.application;

import dev.darkroom.domain.Budget;
import java.util.Optional;

/**
 * Keeps the one budget of the gateway. Each method throws {@link StoreUnavailableException} when the store could not be asked
 * or did not answer.
 */
public interface BudgetStore {

    /**
     * The budget at one time.
     *
     * @param version 0 before it was first written, one more with every write
     */
    record Stored(Budget budget, long version) {

        Stored followedBy(Budget next) {
            return new Stored(next, version + 1);
        }
    }

    /** As the last finished write left it. */
    Stored read();

    /** Replaces the version before {@code next} by it; if somebody else did, writes nothing and returns what is stored. */
    Optional<Stored> replace(Stored next);
}
