package dev.darkroom.dynamodb;

import dev.darkroom.core.ratelimit.SubmissionGates;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(TestTable.class)
class DynamoDbSubmissionGatesTest extends SubmissionGatesContract {

    private final SubmissionGates gates;

    DynamoDbSubmissionGatesTest(DynamoDbClient client) {
        this.gates = new DynamoDbSubmissionGates(client, TestTable.CONFIG);
    }

    @Override
    SubmissionGates gates() {
        return gates;
    }
}
