package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValue.ALL_NEW;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.joining.CallKey;
import dev.darkroom.core.joining.CallRecord;
import dev.darkroom.core.joining.CallStore.Change;
import dev.darkroom.core.joining.ClientCall;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/** The items of the records. Each write changes one call, and postpones the end of its item. */
record CallItems(DynamoDbClient client, String table, InstantSource clock) {

    private static final Duration KEPT = ClientCall.OPEN_FOR.multipliedBy(2);

    /**
     * A write of one call, {@code #call} in its expressions.
     *
     * @param aliases of further calls
     */
    record Write(String condition, String update, Map<String, AttributeValue> values, Map<String, String> aliases) {
        Write(String condition, String update, Map<String, AttributeValue> values) {
            this(condition, update, values, Map.of());
        }
    }

    CallRecord read(CallKey key) {
        return ClientCallValue.record(Table.call(() -> client.getItem(
                        get -> get.tableName(table).key(itemKey(key)).consistentRead(true))
                .item()));
    }

    /** Not made when the condition does not hold. */
    Change change(CallKey key, GenerationId call, Write write) {
        var aliases = new HashMap<>(write.aliases());
        aliases.put(Expressions.CALL_ALIAS, call.value());
        var values = new HashMap<>(write.values());
        values.put(":expiresAt", number(clock.instant().plus(KEPT).getEpochSecond()));
        try {
            var written = client.updateItem(update -> update.tableName(table)
                    .key(itemKey(key))
                    .conditionExpression(write.condition())
                    .updateExpression(write.update())
                    .expressionAttributeNames(aliases)
                    .expressionAttributeValues(values)
                    .returnValues(ALL_NEW)
                    .returnValuesOnConditionCheckFailure(ALL_OLD));
            return new Change(true, ClientCallValue.record(written.attributes()));
        } catch (ConditionalCheckFailedException e) {
            return new Change(false, ClientCallValue.record(e.item()));
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    private static Map<String, AttributeValue> itemKey(CallKey key) {
        return Map.of(Attributes.ID, text("calls#" + key));
    }
}
