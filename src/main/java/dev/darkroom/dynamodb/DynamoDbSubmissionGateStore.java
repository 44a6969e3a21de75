package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.required;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.application.SubmissionGateStore;
import dev.darkroom.domain.Circuit;
import dev.darkroom.domain.FairQueue;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.RateLimiter;
import dev.darkroom.domain.SubmissionGate;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The submission gate as one item of the same table; its id is no generation's id, so no caller can read it. */
@Singleton
public class DynamoDbSubmissionGateStore implements SubmissionGateStore {

    private static final Map<String, AttributeValue> KEY = Map.of(Attributes.ID, text("gate"));

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbSubmissionGateStore(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public Stored read() {
        return stored(Table.call(
                () -> client.getItem(get -> get.tableName(table).key(KEY).consistentRead(true))
                        .item()));
    }

    @Override
    public Write replace(Stored next) {
        return write(
                Expressions.GATE_UNCHANGED,
                Expressions.CHANGE_GATE,
                Map.of(),
                Map.of(
                        ":before", number(next.version() - 1),
                        ":version", number(next.version()),
                        ":gate", AttributeValue.fromM(attributes(next.gate()))));
    }

    @Override
    public Write enqueue(Owner owner, long maxRound, Instant now) {
        return write(
                Expressions.ENQUEUE_BEHIND_OTHERS,
                Expressions.ENQUEUE,
                Map.of(Expressions.LENGTH_ALIAS, Attributes.LENGTH, Expressions.OWNER_ALIAS, owner.value()),
                Map.of(":none", number(0), ":one", number(1), ":maxRound", number(maxRound), ":now", time(now)));
    }

    private Write write(
            String condition, String expression, Map<String, String> names, Map<String, AttributeValue> values) {
        // Two processes may write the same, and only one of them may believe that it was the one.
        var change = text(UUID.randomUUID().toString());
        var all = new HashMap<>(values);
        all.put(":change", change);
        try {
            var written = client.updateItem(update -> update.tableName(table)
                    .key(KEY)
                    .conditionExpression(condition)
                    .updateExpression(expression)
                    .expressionAttributeNames(names.isEmpty() ? null : names)
                    .expressionAttributeValues(all)
                    .returnValues(ReturnValue.ALL_NEW)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Write.Done(stored(written.attributes()));
        } catch (ConditionalCheckFailedException e) {
            // A request that the SDK repeated finds its own first write, unless another process wrote in between: then
            // it is refused like any other, or joins once more, and its first round stays empty until a recount.
            var found = stored(e.item());
            return change.equals(e.item().get(Attributes.CHANGE_ID)) ? new Write.Done(found) : new Write.Refused(found);
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    private static Stored stored(Map<String, AttributeValue> item) {
        return item.isEmpty()
                ? new Stored(SubmissionGate.UNUSED, 0)
                : new Stored(gate(required(item, Attributes.GATE).m()), number(required(item, Attributes.VERSION)));
    }

    private static Map<String, AttributeValue> attributes(SubmissionGate gate) {
        var queue = gate.queue();
        var attributes = new HashMap<>(Map.of(
                Attributes.NEXT_IMAGE_AT, time(gate.rate().nextImageAt()),
                Attributes.CIRCUITS, map(gate.circuits(), path -> path, circuit -> AttributeValue.fromM(of(circuit))),
                Attributes.ROUND, number(queue.round()),
                Attributes.LAST_ROUNDS, map(queue.lastRounds(), Owner::value, Values::number),
                Attributes.LENGTH, number(queue.length())));
        if (queue.lastQueuedAt() != null) {
            attributes.put(Attributes.LAST_QUEUED_AT, time(queue.lastQueuedAt()));
        }
        return attributes;
    }

    /** Closed ones are not stored, so none counts failures. */
    private static Map<String, AttributeValue> of(Circuit circuit) {
        return Map.of(
                Attributes.OPENINGS, number(circuit.openings()),
                Attributes.OPENED_AT, time(circuit.openedAt()),
                Attributes.OPEN_UNTIL, time(circuit.openUntil()),
                Attributes.PROBE_UNTIL, time(circuit.probeUntil()));
    }

    private static SubmissionGate gate(Map<String, AttributeValue> attributes) {
        var lastQueuedAt = attributes.get(Attributes.LAST_QUEUED_AT);
        return new SubmissionGate(
                new RateLimiter(time(required(attributes, Attributes.NEXT_IMAGE_AT))),
                read(required(attributes, Attributes.CIRCUITS), path -> path, circuit -> circuit(circuit.m())),
                new FairQueue(
                        number(required(attributes, Attributes.ROUND)),
                        read(required(attributes, Attributes.LAST_ROUNDS), Owner::new, Values::number),
                        Math.toIntExact(number(required(attributes, Attributes.LENGTH))),
                        lastQueuedAt == null ? null : time(lastQueuedAt)));
    }

    private static Circuit circuit(Map<String, AttributeValue> attributes) {
        return new Circuit(
                0,
                Math.toIntExact(number(required(attributes, Attributes.OPENINGS))),
                time(required(attributes, Attributes.OPENED_AT)),
                time(required(attributes, Attributes.OPEN_UNTIL)),
                time(required(attributes, Attributes.PROBE_UNTIL)));
    }

    private static <K, V> AttributeValue map(
            Map<K, V> values, Function<K, String> name, Function<V, AttributeValue> value) {
        return AttributeValue.fromM(values.entrySet().stream()
                .collect(
                        Collectors.toMap(entry -> name.apply(entry.getKey()), entry -> value.apply(entry.getValue()))));
    }

    private static <K, V> Map<K, V> read(
            AttributeValue values, Function<String, K> name, Function<AttributeValue, V> value) {
        return values.m().entrySet().stream()
                .collect(Collectors.toMap(entry -> name.apply(entry.getKey()), entry -> value.apply(entry.getValue())));
    }
}
