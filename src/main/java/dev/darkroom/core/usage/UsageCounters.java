package dev.darkroom.core.usage;

import dev.darkroom.core.account.Owner;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The counters of what was used. They are written by the writes that settle the cost of a generation, in one
 * transaction, so that each generation is counted exactly once.
 */
public interface UsageCounters {

    /**
     * All groups of a day (UTC), in no order. A group whose first generation was settled a moment ago may be missing,
     * and so is a group that cannot be read. Throws {@link StoreUnavailableException} when the store could not be reached or did not answer.
     *
     * @param owner whose groups; empty for those of all owners
     */
    List<UsageEntry> of(LocalDate day, Optional<Owner> owner);
}
