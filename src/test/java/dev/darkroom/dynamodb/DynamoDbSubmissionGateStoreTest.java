package dev.darkroom.dynamodb;

import dev.darkroom.application.SubmissionGateStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(TestTable.class)
class DynamoDbSubmissionGateStoreTest extends SubmissionGateStoreContract {

    private final DynamoDbClient client;
    private final SubmissionGateStore store;

    DynamoDbSubmissionGateStoreTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbSubmissionGateStore(client, TestTable.CONFIG);
    }

    @BeforeEach
    void begin() {
        TestTable.forgetGate(client);
    }

    @AfterEach
    void end() {
        TestTable.forgetGate(client);
    }

    @Override
    SubmissionGateStore store() {
        return store;
    }
}
