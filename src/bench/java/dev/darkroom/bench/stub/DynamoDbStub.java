package dev.darkroom.bench.stub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.bench.stub.LoopbackServer.Request;
import dev.darkroom.bench.stub.Stub.Reply;
import dev.darkroom.core.account.ApiKey;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * The table, as far as the functions call it. Every event finds the same table: it has its first rows, one API key and no
 * other items, and a write succeeds but changes nothing. It remembers only which due rows were finished, and the items that
 * processes share, such as the submission gate.
 */
public final class DynamoDbStub {

    /** A completed row's id. */
    public static final String COMPLETED = "c".repeat(32);

    /** The id of a row whose prediction is ready but not fetched. */
    public static final String PROCESSING = "d".repeat(32);

    /** The id of a completed row whose image is kept. */
    public static final String KEPT = "e".repeat(32);

    /** The secret part of the links to this row's image. */
    public static final String TOKEN = "0123456789abcdef".repeat(2);

    /** The API key of the events. */
    public static final ApiKey KEY = ApiKey.of("b".repeat(ApiKey.BYTES).getBytes(StandardCharsets.US_ASCII));

    /** The ids that a function reads while it starts: a row, and the key of zeros. */
    private static final Set<String> PRIMING = Set.of(
            "0".repeat(32), "key#" + ApiKey.of(new byte[ApiKey.BYTES]).digest().id());

    private static final JsonMapper JSON = new JsonMapper();

    private final int millis;
    private final Map<String, ObjectNode> items = new ConcurrentHashMap<>();
    private final DueIndex index = new DueIndex();
    private final VersionedItems versioned = new VersionedItems();

    /** {@code millis} is the time that each answer takes. */
    DynamoDbStub(int millis) {
        this.millis = millis;
        this.items.putAll(StoredItems.of(PROCESSING, COMPLETED, KEPT));
    }

    /** Adds {@code rows} due rows to the index; the provider has finished all of them. */
    public void makeDue(int rows) {
        var row = Objects.requireNonNull(items.get(PROCESSING));
        IntStream.range(0, rows).mapToObj("d%031x"::formatted).forEach(id -> {
            var item = row.deepCopy();
            item.putObject("id").put("S", id);
            items.put(id, item);
            index.add(id, item);
        });
    }

    /** How many rows the index lists. */
    public int due() {
        return index.size();
    }

    /** How many changes of items that processes share were written so far. */
    public long sharedWrites() {
        return versioned.writes();
    }

    /** How many of these changes were refused so far, because another process was faster. */
    public long sharedRefusals() {
        return versioned.refusals();
    }

    Reply reply(Request request) {
        var asked = TableRequest.of(request);
        return switch (asked.operation()) {
            case "GetItem" -> getItem(asked.id());
            case "PutItem" -> putItem(asked);
            case "UpdateItem" -> updateItem(asked);
            case "Query" -> done(index.query(asked));
            default -> throw new IllegalArgumentException("the table's stub does not know " + asked);
        };
    }

    private Reply getItem(String id) {
        var item = items.containsKey(id) ? items.get(id) : versioned.get(id);
        var answer = JSON.createObjectNode();
        if (item != null) {
            answer.set("Item", item);
        }
        return new Reply(millis, 200, answer.toString(), !PRIMING.contains(id));
    }

    /** Checks only the condition that a row is new: the versions that other conditions name are not remembered. */
    private Reply putItem(TableRequest asked) {
        var existing = items.get(asked.id());
        return existing != null && asked.expression("Condition").contains("attribute_not_exists(id)")
                ? refused(existing)
                : done(JSON.createObjectNode());
    }

    private Reply updateItem(TableRequest asked) {
        var returned = asked.body().path("ReturnValues").asText("NONE");
        if (versioned.isChanging(asked)) {
            var change = versioned.change(asked);
            return change.refused()
                    ? refused(change.item())
                    : done(JSON.createObjectNode().set("Attributes", change.item()));
        }
        if (!returned.equals("NONE")) {
            throw new IllegalArgumentException("the table's stub cannot return the values of " + asked);
        }
        index.updated(asked.id(), asked.expression("Update"));
        return done(JSON.createObjectNode());
    }

    private Reply done(JsonNode answer) {
        return new Reply(millis, 200, answer.toString(), true);
    }

    private Reply refused(ObjectNode existing) {
        var refusal = JSON.createObjectNode()
                .put("__type", "com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException")
                .put("message", "The conditional request failed");
        if (!existing.isEmpty()) {
            refusal.set("Item", existing);
        }
        return new Reply(millis, 400, refusal.toString(), true);
    }
}
