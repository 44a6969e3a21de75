package dev.darkroom.core;

import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.sweep.ShardLeases;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The fake of the partition leases. It passes the same contract suite as the real ones. */
public final class InMemoryShardLeases implements ShardLeases {

    private record Lease(String holder, Instant until) {}

    private final Map<DueIndexPartition, Lease> leases = new HashMap<>();
    private int acquisitions;

    @Override
    public synchronized boolean acquire(DueIndexPartition partition, String holder, Instant now, Instant until) {
        acquisitions++;
        var lease = leases.get(partition);
        if (lease != null && !lease.holder().equals(holder) && lease.until().isAfter(now)) {
            return false;
        }
        leases.put(partition, new Lease(holder, until));
        return true;
    }

    /** The number of attempts to acquire a lease. */
    public synchronized int acquisitions() {
        return acquisitions;
    }

    @Override
    public synchronized void release(DueIndexPartition partition, String holder) {
        leases.computeIfPresent(partition, (_, lease) -> lease.holder().equals(holder) ? null : lease);
    }
}
