package dev.darkroom.dynamodb;

import dev.darkroom.core.sweep.ShardLeases;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(TestTable.class)
class DynamoDbShardLeasesTest extends ShardLeasesContract {

    private final ShardLeases leases;

    DynamoDbShardLeasesTest(DynamoDbClient client) {
        this.leases = new DynamoDbShardLeases(client, TestTable.CONFIG);
    }

    @Override
    ShardLeases leases() {
        return leases;
    }
}
