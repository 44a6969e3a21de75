package dev.darkroom.simulation;

import dev.darkroom.application.ShardLeases;
import dev.darkroom.domain.Shard;
import java.time.Instant;

/** The leases as one process reaches them. */
public record RemoteLeases(ShardLeases leases, Calls calls) implements ShardLeases {

    @Override
    public boolean acquire(Shard shard, String holder, Instant now, Instant until) {
        return calls.write("acquire lease", () -> leases.acquire(shard, holder, now, until));
    }

    @Override
    public void release(Shard shard, String holder) {
        calls.write("release lease", () -> {
            leases.release(shard, holder);
            return holder;
        });
    }
}
