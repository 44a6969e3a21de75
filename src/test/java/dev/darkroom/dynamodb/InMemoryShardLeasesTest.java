package dev.darkroom.dynamodb;

import dev.darkroom.application.InMemoryShardLeases;
import dev.darkroom.application.ShardLeases;

class InMemoryShardLeasesTest extends ShardLeasesContract {

    private final ShardLeases leases = new InMemoryShardLeases();

    @Override
    ShardLeases leases() {
        return leases;
    }
}
