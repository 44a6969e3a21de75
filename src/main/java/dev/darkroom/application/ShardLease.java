package dev.darkroom.application;

import dev.darkroom.domain.Shard;
import java.time.Instant;

/** The lease of one sweep on one shard. */
final class ShardLease {

    private static final int PARTS_OF_A_LEASE = 3;

    private final Shard shard;
    private final String holder;
    private final SweepTools tools;
    private Instant renewAt = Instant.MIN;
    private Instant until = Instant.MIN;

    ShardLease(Shard shard, String holder, SweepTools tools) {
        this.shard = shard;
        this.holder = holder;
        this.tools = tools;
    }

    /** Takes or prolongs it; false when it is somebody else's. */
    boolean take() {
        var now = tools.clock().instant();
        var length = tools.limits().lease();
        boolean ours = tools.leases().acquire(shard, holder, now, now.plus(length));
        if (ours) {
            renewAt = now.plus(length.dividedBy(PARTS_OF_A_LEASE));
            until = now.plus(length);
        }
        return ours;
    }

    /** Prolongs it when it is time to; false when it is lost. While the store does not answer it lasts as long as it lasts. */
    boolean keep() {
        var now = tools.clock().instant();
        if (now.isBefore(renewAt)) {
            return true;
        }
        try {
            return take();
        } catch (StoreUnavailableException e) {
            tools.events().sweepDisturbed(shard, e);
            return now.isBefore(until);
        }
    }

    /** When that fails it runs out by itself. */
    void giveBack() {
        try {
            tools.leases().release(shard, holder);
        } catch (StoreUnavailableException e) {
            tools.events().sweepDisturbed(shard, e);
        }
    }
}
