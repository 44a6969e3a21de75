package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.webhook.KeyWebhooks;
import dev.darkroom.core.webhook.WebhookStore;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * An item {@code key#<id>#webhooks} for each API key that has webhooks. It contains secrets, so it is under the
 * policies that keep the items of keys from the functions that need none.
 */
@Singleton
public class DynamoDbWebhookStore implements WebhookStore {

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbWebhookStore(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public Optional<KeyWebhooks> find(ApiKeyId key) {
        var answer = Table.call(() ->
                client.getItem(get -> get.tableName(table).key(itemKey(key)).consistentRead(true)));
        return answer.hasItem() ? Optional.of(KeyWebhooksValue.read(answer.item())) : Optional.empty();
    }

    @Override
    public boolean write(ApiKeyId key, KeyWebhooks next) {
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(itemKey(key))
                    .updateExpression(Expressions.SET_WEBHOOKS)
                    .conditionExpression(next.version() == 1 ? Expressions.NEW_ROW : Expressions.VERSION_UNCHANGED)
                    .expressionAttributeValues(values(next))
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return true;
        } catch (ConditionalCheckFailedException e) {
            // A request that the SDK repeated finds its own first write.
            return e.hasItem() && KeyWebhooksValue.read(e.item()).equals(next);
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    private static Map<String, AttributeValue> values(KeyWebhooks next) {
        var values = Expressions.valuesOf(KeyWebhooksValue.of(next));
        if (next.version() == 1) {
            return values;
        }
        var all = new HashMap<>(values);
        all.put(":before", number(next.version() - 1));
        return all;
    }

    private static Map<String, AttributeValue> itemKey(ApiKeyId key) {
        return Map.of(Attributes.ID, text("key#" + key + "#webhooks"));
    }
}
