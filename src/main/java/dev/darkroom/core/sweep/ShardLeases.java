package dev.darkroom.core.sweep;

import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;

/**
 * The leases of the partitions of the index, one sweep each. A lease saves work and money; the conditional writes keep
 * the rows safe. Each method throws {@link StoreUnavailableException} when the store does not answer.
 */
public interface ShardLeases {

    /**
     * Acquires the lease, or prolongs it for its holder.
     *
     * @param holder unique for each sweep
     * @return false when another sweep holds it at {@code now}
     */
    boolean acquire(DueIndexPartition partition, String holder, Instant now, Instant until);

    /** Releases the lease; does nothing when another sweep holds it. */
    void release(DueIndexPartition partition, String holder);
}
