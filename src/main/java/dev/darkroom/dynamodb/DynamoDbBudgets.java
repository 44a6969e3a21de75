package dev.darkroom.dynamodb;

import dev.darkroom.core.budget.Budgets;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.BudgetWindow;
import jakarta.inject.Singleton;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The counters of windows, an item each. */
@Singleton
public class DynamoDbBudgets implements Budgets {

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbBudgets(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public BudgetUse use(BudgetWindow window) {
        return BudgetCounters.use(item(window));
    }

    @Override
    public boolean isReported(BudgetWindow window) {
        return BudgetCounters.isReported(item(window));
    }

    private Map<String, AttributeValue> item(BudgetWindow window) {
        return Table.call(() -> client.getItem(get ->
                        get.tableName(table).key(BudgetCounters.key(window)).consistentRead(true)))
                .item();
    }

    @Override
    public void markReported(BudgetWindow window) {
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(BudgetCounters.key(window))
                    .updateExpression(Expressions.MARK_REPORTED)
                    .conditionExpression(Expressions.NOT_REPORTED)
                    .expressionAttributeValues(Map.of(":true", AttributeValue.fromBool(true))));
        } catch (ConditionalCheckFailedException _) {
            // Another process has marked it.
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }
}
