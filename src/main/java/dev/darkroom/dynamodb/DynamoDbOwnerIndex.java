package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.errors.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/** The index {@code byOwner} of the table. It has keys only, so it is written once for a row. */
@Singleton
public class DynamoDbOwnerIndex implements OwnerIndex {

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbOwnerIndex(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public List<Entry> entries(Owner owner, Span span, Optional<Entry> after, int limit) {
        var entries = new ArrayList<Entry>();
        if (isOver(span, after)) {
            return entries;
        }
        var start = startKey(owner, span, after);
        do {
            var page = query(owner, span, start, limit - entries.size(), Select.ALL_PROJECTED_ATTRIBUTES);
            page.items().forEach(item -> entry(item).ifPresent(entries::add));
            start = lastKey(page);
        } while (start.isPresent() && entries.size() < limit);
        return entries;
    }

    /** The table counts the entries and returns only the last one. */
    @Override
    public Optional<Entry> skip(Owner owner, Span span, Optional<Entry> after, int count) {
        if (isOver(span, after)) {
            return Optional.empty();
        }
        int left = count;
        var start = startKey(owner, span, after);
        do {
            var page = query(owner, span, start, left, Select.COUNT);
            left -= page.count();
            start = lastKey(page);
        } while (start.isPresent() && left > 0);
        return start.flatMap(DynamoDbOwnerIndex::entry);
    }

    private static boolean isOver(Span span, Optional<Entry> after) {
        return span.isEmpty()
                || after.filter(entry -> entry.createdAt().isBefore(span.from()))
                        .isPresent();
    }

    private static Optional<Map<String, AttributeValue>> lastKey(QueryResponse page) {
        return page.hasLastEvaluatedKey() ? Optional.of(page.lastEvaluatedKey()) : Optional.empty();
    }

    private QueryResponse query(
            Owner owner, Span span, Optional<Map<String, AttributeValue>> start, int limit, Select select) {
        return Table.call(() -> client.query(query -> query.tableName(table)
                .indexName(Expressions.OWNER_INDEX)
                .keyConditionExpression(Expressions.OF_OWNER)
                .expressionAttributeValues(Map.of(
                        ":owner", text(owner.value()),
                        ":from", time(span.from()),
                        ":until", time(span.until())))
                .scanIndexForward(false)
                .select(select)
                .exclusiveStartKey(start.orElse(null))
                .limit(limit)));
    }

    /** The table refuses a start that lies outside the span; everything in the span comes after such a start. */
    private static Optional<Map<String, AttributeValue>> startKey(Owner owner, Span span, Optional<Entry> after) {
        return after.filter(entry -> !entry.createdAt().isAfter(span.until()))
                .map(entry -> Map.of(
                        Attributes.ID, text(entry.id().value()),
                        Attributes.LISTED_OWNER, text(owner.value()),
                        Attributes.CREATED_AT, time(entry.createdAt())));
    }

    /** Empty when it is not the entry of a generation. */
    private static Optional<Entry> entry(Map<String, AttributeValue> item) {
        return GenerationId.parse(Values.required(item, Attributes.ID).s())
                .map(id -> new Entry(time(Values.required(item, Attributes.CREATED_AT)), id));
    }

    @Override
    public Rows rows(List<GenerationId> ids) {
        var readable = new ArrayList<Generation>();
        var unreadable = new ArrayList<String>();
        var left = ids.isEmpty() ? Map.<String, KeysAndAttributes>of() : Map.of(table, keys(ids));
        while (!left.isEmpty()) {
            var asked = left;
            var batch = Table.call(() -> client.batchGetItem(get -> get.requestItems(asked)));
            batch.responses().values().forEach(items -> items.forEach(item -> read(item, readable, unreadable)));
            left = leftOver(batch, asked);
        }
        return new Rows(readable, unreadable);
    }

    private static KeysAndAttributes keys(List<GenerationId> ids) {
        return KeysAndAttributes.builder()
                .keys(ids.stream()
                        .map(id -> Map.of(Attributes.ID, text(id.value())))
                        .toList())
                .consistentRead(true)
                .build();
    }

    /** A batch of more than 16 MB is read in parts. A part without any progress means that the table is throttled. */
    private static Map<String, KeysAndAttributes> leftOver(
            BatchGetItemResponse batch, Map<String, KeysAndAttributes> asked) {
        var left = batch.unprocessedKeys();
        if (!left.isEmpty() && count(left) >= count(asked)) {
            throw new StoreUnavailableException(
                    "the table reads none of the rows", new IllegalStateException("every key is unprocessed"));
        }
        return left;
    }

    private static int count(Map<String, KeysAndAttributes> keys) {
        return keys.values().stream().mapToInt(each -> each.keys().size()).sum();
    }

    private static void read(Map<String, AttributeValue> item, List<Generation> readable, List<String> unreadable) {
        try {
            readable.add(GenerationItem.fromItem(item));
        } catch (RuntimeException _) {
            unreadable.add(Values.required(item, Attributes.ID).s());
        }
    }
}
