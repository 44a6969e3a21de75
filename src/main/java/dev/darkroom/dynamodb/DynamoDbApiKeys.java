package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.account.ApiKeyDigest;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.account.ApiKeys;
import dev.darkroom.core.account.KeyAccess;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.money.KeyBudget;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/**
 * Each API key is an item of its own, with the id {@code key#} and the key's id. A lookup reads a quarter of a
 * kilobyte, however many keys there are, and a policy can keep these items from functions that check no keys. No generation has
 * such an id, so no caller can read a key. Only keys have a {@code kind}, so the index {@code keys} lists them without
 * reading the table.
 */
@Singleton
public class DynamoDbApiKeys implements ApiKeys {

    private static final String PREFIX = "key#";
    private static final AttributeValue KIND = text("api-key");

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbApiKeys(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public Optional<ApiKeyRecord> find(ApiKeyId id) {
        try {
            var answer =
                    client.getItem(get -> get.tableName(table).key(itemKey(id)).consistentRead(true));
            return answer.hasItem() ? Optional.of(read(answer.item())) : Optional.empty();
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    @Override
    public List<ApiKeyRecord> all() {
        try {
            return client
                    .queryPaginator(query -> query.tableName(table)
                            .indexName(Expressions.KEYS_INDEX)
                            .keyConditionExpression(Expressions.ALL_KEYS)
                            .expressionAttributeValues(Map.of(":kind", KIND)))
                    .items()
                    .stream()
                    .map(DynamoDbApiKeys::read)
                    .toList();
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    @Override
    public boolean add(ApiKeyRecord key) {
        try {
            client.putItem(put -> put.tableName(table)
                    .item(item(key))
                    .conditionExpression(Expressions.NEW_ROW)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return true;
        } catch (ConditionalCheckFailedException e) {
            // A request that the SDK repeated finds its own first write.
            return e.hasItem() && read(e.item()).equals(key);
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    @Override
    public boolean disable(ApiKeyId id) {
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(itemKey(id))
                    .updateExpression(Expressions.DISABLE_KEY)
                    .conditionExpression(Expressions.KEY_EXISTS)
                    .expressionAttributeValues(Map.of(":true", AttributeValue.fromBool(true))));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    @Override
    public boolean setBudget(ApiKeyId id, KeyBudget budget) {
        return replace(id, KeyBudgetValue.of(budget), KeyBudgetValue.ATTRIBUTES);
    }

    @Override
    public boolean setAccess(ApiKeyId id, KeyAccess access) {
        return replace(id, KeyAccessValue.of(access), KeyAccessValue.ATTRIBUTES);
    }

    private boolean replace(ApiKeyId id, Map<String, AttributeValue> attributes, List<String> all) {
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(itemKey(id))
                    .updateExpression(Expressions.replacing(attributes.keySet(), all))
                    .conditionExpression(Expressions.KEY_EXISTS)
                    .expressionAttributeValues(Expressions.valuesOf(attributes)));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    private static Map<String, AttributeValue> itemKey(ApiKeyId id) {
        return Map.of(Attributes.ID, text(PREFIX + id));
    }

    static Map<String, AttributeValue> item(ApiKeyRecord key) {
        var item = new HashMap<>(KeyBudgetValue.of(key.budget()));
        item.putAll(KeyAccessValue.of(key.access()));
        item.putAll(Map.of(
                Attributes.ID, text(PREFIX + key.digest().id()),
                Attributes.KIND, KIND,
                Attributes.SHA_256, text(key.digest().value()),
                Attributes.OWNER, text(key.owner().value()),
                Attributes.CREATED_AT, time(key.createdAt()),
                Attributes.DISABLED, AttributeValue.fromBool(key.disabled())));
        return item;
    }

    private static ApiKeyRecord read(Map<String, AttributeValue> item) {
        return new ApiKeyRecord(
                new ApiKeyDigest(Values.required(item, Attributes.SHA_256).s()),
                new Owner(Values.required(item, Attributes.OWNER).s()),
                time(Values.required(item, Attributes.CREATED_AT)),
                Values.required(item, Attributes.DISABLED).bool(),
                KeyBudgetValue.read(item),
                KeyAccessValue.read(item));
    }
}
