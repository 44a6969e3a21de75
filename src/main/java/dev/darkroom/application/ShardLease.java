package dev.darkroom.application;

import dev.darkroom.domain.Shard;
import java.time.Instant;

/** The lease of one sweep on one shard. */
final class ShardLease {

    private static final int RENEWALS_PER_LEASE = 3;

    private final Shard shard;
    private final String holder;
    private final SweepContext context;
    private Instant renewAt = Instant.MIN;
    private Instant until = Instant.MIN;

    ShardLease(Shard shard, String holder, SweepContext context) {
        this.shard = shard;
        this.holder = holder;
        this.context = context;
    }

    /** Acquires or renews it; false when it is somebody else's. */
    boolean acquire() {
        var now = context.generations().now();
        var length = context.limits().lease();
        boolean ours = context.leases().acquire(shard, holder, now, now.plus(length));
        if (ours) {
            renewAt = now.plus(length.dividedBy(RENEWALS_PER_LEASE));
            until = now.plus(length);
        }
        return ours;
    }

    /** Renews it when it is time to; false when it is lost. While the store does not answer it lasts until it expires. */
    boolean renew() {
        var now = context.generations().now();
        if (now.isBefore(renewAt)) {
            return true;
        }
        try {
            return acquire();
        } catch (StoreUnavailableException e) {
            context.generations().events().sweepDisturbed(shard, e);
            return now.isBefore(until);
        }
    }

    /** When that fails it runs out by itself. */
    void release() {
        try {
            context.leases().release(shard, holder);
        } catch (StoreUnavailableException e) {
            context.generations().events().sweepDisturbed(shard, e);
        }
    }
}
