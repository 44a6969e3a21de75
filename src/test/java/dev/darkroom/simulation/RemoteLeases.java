package dev.darkroom.simulation;

import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.sweep.ShardLeases;
import java.time.Instant;

/** The partition leases, as one process calls them. */
public record RemoteLeases(ShardLeases leases, Calls calls) implements ShardLeases {

    @Override
    public boolean acquire(DueIndexPartition partition, String holder, Instant now, Instant until) {
        return calls.write("acquire lease", () -> leases.acquire(partition, holder, now, until));
    }

    @Override
    public void release(DueIndexPartition partition, String holder) {
        calls.write("release lease", () -> {
            leases.release(partition, holder);
            return holder;
        });
    }
}
