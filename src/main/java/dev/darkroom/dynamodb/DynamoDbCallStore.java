package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValue.ALL_NEW;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.joining.CallKey;
import dev.darkroom.core.joining.CallRecord;
import dev.darkroom.core.joining.CallStore;
import dev.darkroom.core.joining.ClientCall;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The calls of a key as one item. Beside the calls it has a set of those that were answered "ask again" and not answered
 * since, so that a condition finds out that there are none.
 */
@Singleton
public class DynamoDbCallStore implements CallStore {

    private static final Duration KEPT = ClientCall.OPEN_FOR.multipliedBy(2);

    private final DynamoDbClient client;
    private final String table;
    private final InstantSource clock;

    public DynamoDbCallStore(DynamoDbClient client, TableConfig config, InstantSource clock) {
        this.client = client;
        this.table = config.name();
        this.clock = clock;
    }

    @Override
    public CallRecord find(CallKey key) {
        return ClientCallValue.record(Table.call(() -> client.getItem(
                        get -> get.tableName(table).key(itemKey(key)).consistentRead(true))
                .item()));
    }

    @Override
    public Change add(CallKey key, ClientCall call) {
        return add(key, call, Expressions.NEW_CALL);
    }

    @Override
    public Change addUnlessOwed(CallKey key, ClientCall call) {
        return add(key, call, Expressions.NEW_CALL_AND_NOTHING_OWED);
    }

    private Change add(CallKey key, ClientCall call, String condition) {
        var write = new Write(condition, Expressions.ADD_CALL, Map.of(":call", ClientCallValue.of(call)));
        return change(key, call.generation(), write).orMadeBefore(call);
    }

    @Override
    public Change replace(CallKey key, ClientCall before, ClientCall after) {
        var write = new Write(
                Expressions.CALL_UNCHANGED,
                Expressions.REPLACE_OWED_CALL,
                Map.of(
                        ":holder", text(before.holder()),
                        ":requests", number(before.requests()),
                        ":call", ClientCallValue.of(after),
                        ":ids", ids(Stream.of(after.generation()))));
        return change(key, after.generation(), write).orMadeBefore(after);
    }

    @Override
    public Change join(CallKey key, ClientCall call) {
        return join(
                key, call.generation(), Expressions.REQUESTS_UNCHANGED, Map.of(":requests", number(call.requests())));
    }

    @Override
    public Change joinAnyway(CallKey key, GenerationId call) {
        return join(key, call, Expressions.CALL_EXISTS, Map.of());
    }

    private Change join(CallKey key, GenerationId call, String condition, Map<String, AttributeValue> values) {
        var all = new HashMap<>(values);
        all.put(":one", number(1));
        return change(key, call, new Write(condition, Expressions.JOIN_CALL, all));
    }

    @Override
    public void answer(CallKey key, GenerationId call, Instant at, Set<GenerationId> forgotten) {
        var removed = new HashMap<String, String>();
        forgotten.forEach(id -> removed.put("#forgotten" + removed.size(), id.value()));
        change(
                key,
                call,
                new Write(
                        Expressions.CALL_EXISTS,
                        Expressions.answerCall(removed.keySet()),
                        Map.of(":at", time(at), ":ids", ids(Stream.concat(Stream.of(call), forgotten.stream()))),
                        removed));
    }

    @Override
    public void remove(CallKey key, GenerationId call) {
        change(
                key,
                call,
                new Write(Expressions.CALL_EXISTS, Expressions.REMOVE_CALL, Map.of(":ids", ids(Stream.of(call)))));
    }

    private record Write(
            String condition, String update, Map<String, AttributeValue> values, Map<String, String> aliases) {
        Write(String condition, String update, Map<String, AttributeValue> values) {
            this(condition, update, values, Map.of());
        }
    }

    private Change change(CallKey key, GenerationId call, Write write) {
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

    private static AttributeValue ids(Stream<GenerationId> ids) {
        return AttributeValue.fromSs(ids.map(GenerationId::value).toList());
    }

    private static Map<String, AttributeValue> itemKey(CallKey key) {
        return Map.of(Attributes.ID, text("calls#" + key));
    }
}
