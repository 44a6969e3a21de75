package dev.darkroom.dynamodb;

import dev.darkroom.application.BudgetStore;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

@ExtendWith(TestTable.class)
class DynamoDbBudgetStoreTest extends BudgetStoreContract {

    private final DynamoDbClient client;
    private final BudgetStore store;

    DynamoDbBudgetStoreTest(DynamoDbClient client) {
        this.client = client;
        this.store = new DynamoDbBudgetStore(client, TestTable.CONFIG);
    }

    @BeforeEach
    void delete() {
        client.deleteItem(
                delete -> delete.tableName(TestTable.CONFIG.name()).key(Map.of("id", AttributeValue.fromS("budget"))));
    }

    @Override
    BudgetStore store() {
        return store;
    }
}
