package dev.darkroom.dynamodb;

import dev.darkroom.application.ApiKeys;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(TestTable.class)
class DynamoDbApiKeysTest extends ApiKeysContract {

    private final ApiKeys keys;

    DynamoDbApiKeysTest(DynamoDbClient client) {
        this.keys = new DynamoDbApiKeys(client, TestTable.CONFIG);
    }

    @Override
    ApiKeys keys() {
        return keys;
    }
}
