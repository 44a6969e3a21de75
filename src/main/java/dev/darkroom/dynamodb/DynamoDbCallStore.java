package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.joining.CallKey;
import dev.darkroom.core.joining.CallRecord;
import dev.darkroom.core.joining.CallStore;
import dev.darkroom.core.joining.ClientCall;
import dev.darkroom.dynamodb.CallItems.Write;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The calls of a key as one item. Beside the calls it has a set of those that were answered "ask again" and not
 * answered since, so that a condition finds out that there are none.
 */
@Singleton
public class DynamoDbCallStore implements CallStore {

    private final CallItems items;

    public DynamoDbCallStore(DynamoDbClient client, TableConfig config, InstantSource clock) {
        this.items = new CallItems(client, config.name(), clock);
    }

    @Override
    public CallRecord find(CallKey key) {
        return items.read(key);
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
        return items.change(key, call.generation(), write).orMadeBefore(call);
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
        return items.change(key, after.generation(), write).orMadeBefore(after);
    }

    @Override
    public Change join(CallKey key, ClientCall call) {
        var values = Map.of(":one", number(1), ":requests", number(call.requests()));
        return items.change(
                key, call.generation(), new Write(Expressions.REQUESTS_UNCHANGED, Expressions.JOIN_CALL, values));
    }

    @Override
    public Change joinAnyway(CallKey key, GenerationId call) {
        var values = Map.of(":one", number(1));
        return items.change(key, call, new Write(Expressions.CALL_EXISTS, Expressions.JOIN_CALL, values));
    }

    @Override
    public void answer(CallKey key, GenerationId call, Instant at, Set<GenerationId> forgotten) {
        var removed = new HashMap<String, String>();
        forgotten.forEach(id -> removed.put("#forgotten" + removed.size(), id.value()));
        items.change(
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
        items.change(
                key,
                call,
                new Write(Expressions.CALL_EXISTS, Expressions.REMOVE_CALL, Map.of(":ids", ids(Stream.of(call)))));
    }

    private static AttributeValue ids(Stream<GenerationId> ids) {
        return AttributeValue.fromSs(ids.map(GenerationId::value).toList());
    }
}
