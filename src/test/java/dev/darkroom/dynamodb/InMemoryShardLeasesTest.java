package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemoryShardLeases;
import dev.darkroom.core.sweep.ShardLeases;

class InMemoryShardLeasesTest extends ShardLeasesContract {

    private final ShardLeases leases = new InMemoryShardLeases();

    @Override
    ShardLeases leases() {
        return leases;
    }
}
