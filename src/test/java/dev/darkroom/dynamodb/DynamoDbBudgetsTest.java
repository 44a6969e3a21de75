package dev.darkroom.dynamodb;

import dev.darkroom.core.budget.Budgets;
import dev.darkroom.core.store.GenerationStore;
import java.time.Clock;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

@ExtendWith(TestTable.class)
class DynamoDbBudgetsTest extends BudgetContract {

    private final GenerationStore store;
    private final Budgets budgets;

    DynamoDbBudgetsTest(DynamoDbClient client) {
        this.store = new DynamoDbGenerationStore(client, TestTable.CONFIG, Clock.systemUTC());
        this.budgets = new DynamoDbBudgets(client, TestTable.CONFIG);
    }

    @Override
    GenerationStore store() {
        return store;
    }

    @Override
    Budgets budgets() {
        return budgets;
    }
}
