package dev.darkroom.application;

import dev.darkroom.domain.Shard;
import java.time.Instant;

/**
 * Who sweeps a shard. A lease saves work and money; it is not what keeps rows safe, the conditional writes are. Each
 * method throws {@link StoreUnavailableException} when the store does not answer.
 */
public interface ShardLeases {

    /**
     * Takes the lease, or prolongs it for its holder.
     *
     * @param holder unique for each sweep
     * @return false when somebody else holds it at {@code now}
     */
    boolean acquire(Shard shard, String holder, Instant now, Instant until);

    /** Gives the lease back; does nothing when it is somebody else's. */
    void release(Shard shard, String holder);
}
