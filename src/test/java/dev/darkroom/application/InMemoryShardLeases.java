package dev.darkroom.application;

import dev.darkroom.domain.Shard;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The fake of the leases. It passes the contract suite of the real ones. */
public final class InMemoryShardLeases implements ShardLeases {

    private record Lease(String holder, Instant until) {}

    private final Map<Shard, Lease> leases = new HashMap<>();
    private int acquisitions;

    @Override
    public synchronized boolean acquire(Shard shard, String holder, Instant now, Instant until) {
        acquisitions++;
        var lease = leases.get(shard);
        if (lease != null && !lease.holder().equals(holder) && lease.until().isAfter(now)) {
            return false;
        }
        leases.put(shard, new Lease(holder, until));
        return true;
    }

    /** How often a lease was asked for. */
    public synchronized int acquisitions() {
        return acquisitions;
    }

    @Override
    public synchronized void release(Shard shard, String holder) {
        leases.computeIfPresent(shard, (_, lease) -> lease.holder().equals(holder) ? null : lease);
    }
}
