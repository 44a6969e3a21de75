package dev.darkroom.dynamodb;

import dev.darkroom.core.account.KeyUses;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(TestTable.class)
class DynamoDbKeyUsesTest extends KeyUsesContract {

    private final KeyUses uses;

    DynamoDbKeyUsesTest(DynamoDbClient client) {
        this.uses = new DynamoDbKeyUses(client, TestTable.CONFIG);
    }

    @Override
    KeyUses uses() {
        return uses;
    }
}
