package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.KeyUses;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An item {@code used#<id>} for each key, apart from the key's own item, which no function may change. */
@Singleton
public class DynamoDbKeyUses implements KeyUses {

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbKeyUses(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public void used(ApiKeyId key, LocalDate day) {
        Table.call(() -> client.updateItem(update -> update.tableName(table)
                .key(itemKey(key))
                .updateExpression(Expressions.KEY_USED)
                .expressionAttributeValues(Map.of(":day", text(day.toString())))));
    }

    /** One read for each key: an operator asks, who has some dozen of them. */
    @Override
    public Map<ApiKeyId, LocalDate> lastDays(Collection<ApiKeyId> keys) {
        var days = new HashMap<ApiKeyId, LocalDate>();
        for (var key : keys) {
            var answer =
                    Table.call(() -> client.getItem(get -> get.tableName(table).key(itemKey(key))));
            var day = answer.item().get(Attributes.USED_ON);
            if (day != null) {
                days.put(key, LocalDate.parse(day.s()));
            }
        }
        return days;
    }

    private static Map<String, AttributeValue> itemKey(ApiKeyId key) {
        return Map.of(Attributes.ID, text("used#" + key));
    }
}
