package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.application.ApiKeys;
import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.domain.KeyDigest;
import dev.darkroom.domain.KeyId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.StoredKey;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * All API keys in one item of the table, an attribute each: so they are listed without reading the table, and a policy can
 * let the authorizer read this item only. Its id is no generation's id, so no caller can read it.
 */
@Singleton
public class DynamoDbApiKeys implements ApiKeys {

    private static final Map<String, AttributeValue> ITEM = Map.of(Attributes.ID, text("keys"));
    private static final String PREFIX = "key:";

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbApiKeys(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public Optional<StoredKey> find(KeyId id) {
        return Optional.ofNullable(item().get(attribute(id))).map(DynamoDbApiKeys::read);
    }

    @Override
    public List<StoredKey> all() {
        return item().entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(PREFIX))
                .map(entry -> read(entry.getValue()))
                .sorted(Comparator.comparing(StoredKey::createdAt))
                .toList();
    }

    @Override
    public boolean add(StoredKey key) {
        var value = AttributeValue.fromM(Map.of(
                Attributes.SHA_256, text(key.digest().value()),
                Attributes.OWNER, text(key.owner().value()),
                Attributes.CREATED_AT, time(key.createdAt()),
                Attributes.DISABLED, AttributeValue.fromBool(key.disabled())));
        return update(key.digest().id(), Expressions.ADD_KEY, Expressions.NO_SUCH_KEY, Map.of(":key", value));
    }

    @Override
    public boolean disable(KeyId id) {
        return update(
                id, Expressions.DISABLE_KEY, Expressions.SUCH_A_KEY, Map.of(":true", AttributeValue.fromBool(true)));
    }

    private Map<String, AttributeValue> item() {
        try {
            return client.getItem(get -> get.tableName(table).key(ITEM).consistentRead(true))
                    .item();
        } catch (SdkException e) {
            throw new StoreUnavailableException("the table did not answer for the keys", e);
        }
    }

    /** False when the condition did not hold. */
    private boolean update(KeyId id, String update, String condition, Map<String, AttributeValue> values) {
        try {
            client.updateItem(request -> request.tableName(table)
                    .key(ITEM)
                    .updateExpression(update)
                    .conditionExpression(condition)
                    .expressionAttributeNames(Map.of("#key", attribute(id)))
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        } catch (SdkException e) {
            throw new StoreUnavailableException("the table did not take a key", e);
        }
    }

    private static String attribute(KeyId id) {
        return PREFIX + id;
    }

    private static StoredKey read(AttributeValue value) {
        var key = value.m();
        return new StoredKey(
                new KeyDigest(Values.required(key, Attributes.SHA_256).s()),
                new Owner(Values.required(key, Attributes.OWNER).s()),
                time(Values.required(key, Attributes.CREATED_AT)),
                Values.required(key, Attributes.DISABLED).bool());
    }
}
