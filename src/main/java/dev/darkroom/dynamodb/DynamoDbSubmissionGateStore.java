package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.required;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.circuit.Circuit;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.ratelimit.FairQueue;
import dev.darkroom.core.ratelimit.RateLimiter;
import dev.darkroom.core.ratelimit.SubmissionGate;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
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

/**
 * The submission gate of a provider as one item of the same table; its id is not a generation id, so no caller can read
 * it.
 */
final class DynamoDbSubmissionGateStore implements SubmissionGateStore {

    private final DynamoDbClient client;
    private final String table;
    private final Map<String, AttributeValue> key;
    private final Runnable beforeQueueing;

    /** {@code beforeQueueing} runs before each write that may store the first request of the queue. */
    DynamoDbSubmissionGateStore(DynamoDbClient client, String table, ProviderId provider, Runnable beforeQueueing) {
        this.client = client;
        this.table = table;
        this.key = Map.of(Attributes.ID, text("gate#" + provider));
        this.beforeQueueing = beforeQueueing;
    }

    @Override
    public Stored read() {
        return stored(Table.call(
                () -> client.getItem(get -> get.tableName(table).key(key).consistentRead(true))
                        .item()));
    }

    @Override
    public Write replace(Stored next) {
        if (!next.gate().queue().isEmpty()) {
            beforeQueueing.run();
        }
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
        // Two processes may write the same; the change's id shows which of them wrote it.
        var change = text(UUID.randomUUID().toString());
        var all = new HashMap<>(values);
        all.put(":change", change);
        try {
            var written = client.updateItem(update -> update.tableName(table)
                    .key(key)
                    .conditionExpression(condition)
                    .updateExpression(expression)
                    .expressionAttributeNames(names.isEmpty() ? null : names)
                    .expressionAttributeValues(all)
                    .returnValues(ReturnValue.ALL_NEW)
                    .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD));
            return new Write.Done(stored(written.attributes()));
        } catch (ConditionalCheckFailedException e) {
            // If the SDK has repeated a request, the repetition finds the first write. If another process wrote in
            // between, it does not: a replacement is then refused, and a request joins the queue twice. The round of
            // its first entry stays empty until a recount.
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

    /** Closed circuits are not stored, so there are no failures to store. */
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
