package dev.darkroom.dynamodb;

import dev.darkroom.application.BudgetStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(TestTable.class)
class DynamoDbBudgetStoreTest extends BudgetStoreContract {

    private final DynamoDbClient client;
    private final BudgetStore store;

    DynamoDbBudgetStoreTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbBudgetStore(client, TestTable.CONFIG);
    }

    @BeforeEach
    void begin() {
        TestTable.forgetBudget(client);
    }

    @AfterEach
    void end() {
        TestTable.forgetBudget(client);
    }

    @Override
    BudgetStore store() {
        return store;
    }
}
