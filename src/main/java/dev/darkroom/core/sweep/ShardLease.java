package dev.darkroom.core.sweep;

import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;

/** The lease of one sweep on one partition of the index. */
final class ShardLease {

    /** Each renewal is a write. A lease that is lost because one came too late costs another sweep, and no image. */
    private static final int RENEWALS_PER_LEASE = 2;

    private final DueIndexPartition partition;
    private final String holder;
    private final SweepContext context;
    private Instant renewAt = Instant.MIN;
    private Instant until = Instant.MIN;

    ShardLease(DueIndexPartition partition, String holder, SweepContext context) {
        this.partition = partition;
        this.holder = holder;
        this.context = context;
    }

    /** Acquires or renews the lease; false when another sweep holds it. */
    boolean acquire() {
        var now = context.generations().now();
        var length = context.limits().lease();
        boolean ours = context.leases().acquire(partition, holder, now, now.plus(length));
        if (ours) {
            renewAt = now.plus(length.dividedBy(RENEWALS_PER_LEASE));
            until = now.plus(length);
        }
        return ours;
    }

    /**
     * Renews the lease when it is time to; false when it is lost. While the store does not answer, the lease lasts
     * until it expires.
     */
    boolean renew() {
        var now = context.generations().now();
        if (now.isBefore(renewAt)) {
            return true;
        }
        try {
            return acquire();
        } catch (StoreUnavailableException e) {
            context.generations().listener().sweepError(partition, e);
            return now.isBefore(until);
        }
    }

    /** If this fails, the lease expires by itself. */
    void release() {
        try {
            context.leases().release(partition, holder);
        } catch (StoreUnavailableException e) {
            context.generations().listener().sweepError(partition, e);
        }
    }
}
