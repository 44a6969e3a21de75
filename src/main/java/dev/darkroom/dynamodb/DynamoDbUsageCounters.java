package dev.darkroom.dynamodb;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.usage.UsageCounters;
import dev.darkroom.core.usage.UsageEntry;
import dev.darkroom.errors.StoreUnavailableException;
import jakarta.inject.Singleton;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/**
 * Reads the counters of usage: the ids of a day's groups from the index, those of one owner without the others, mostly
 * one page, and the groups themselves in batches of a hundred.
 */
@Singleton
public class DynamoDbUsageCounters implements UsageCounters {

    private static final Logger LOG = Logger.getLogger(DynamoDbUsageCounters.class);

    private static final int BATCH = 100;

    private final DynamoDbClient client;
    private final String table;

    public DynamoDbUsageCounters(DynamoDbClient client, TableConfig config) {
        this.client = client;
        this.table = config.name();
    }

    @Override
    public List<UsageEntry> of(LocalDate day, Optional<Owner> owner) {
        var prefix = owner.map(UsageItem::prefix).orElse("");
        var ids = ids(day, owner).stream().filter(id -> id.startsWith(prefix)).toList();
        var entries = new ArrayList<UsageEntry>();
        for (int from = 0; from < ids.size(); from += BATCH) {
            entries.addAll(read(ids.subList(from, Math.min(from + BATCH, ids.size()))));
        }
        return entries;
    }

    private List<String> ids(LocalDate day, Optional<Owner> owner) {
        var values = new HashMap<>(Map.of(":listed", UsageItem.partition(day)));
        owner.ifPresent(one -> values.put(":at", UsageItem.sortKey(day, one)));
        return Table.call(() -> client
                .queryPaginator(query -> query.tableName(table)
                        .indexName(Expressions.OWNER_INDEX)
                        .keyConditionExpression(owner.isPresent() ? Expressions.OF_LISTED_AT : Expressions.OF_LISTED)
                        .expressionAttributeValues(values))
                .items()
                .stream()
                .map(item -> Values.required(item, Attributes.ID).s())
                .toList());
    }

    private List<UsageEntry> read(List<String> ids) {
        var entries = new ArrayList<UsageEntry>();
        var left = Map.of(table, keys(ids));
        while (!left.isEmpty()) {
            var asked = left;
            var batch = Table.call(() -> client.batchGetItem(get -> get.requestItems(asked)));
            batch.responses().values().forEach(items -> items.forEach(item -> read(item, entries)));
            left = batch.unprocessedKeys();
            if (batch.responses().values().stream().allMatch(List::isEmpty) && !left.isEmpty()) {
                throw new StoreUnavailableException(
                        "the table reads none of the counters", new IllegalStateException("every key is unprocessed"));
            }
        }
        return entries;
    }

    /** One item that cannot be read must not hide the usage of all others. */
    private static void read(Map<String, AttributeValue> item, List<UsageEntry> entries) {
        try {
            entries.add(UsageItem.read(item));
        } catch (RuntimeException e) {
            LOG.errorf(e, "the counter %s cannot be read", Values.idOf(item));
        }
    }

    private static KeysAndAttributes keys(List<String> ids) {
        return KeysAndAttributes.builder()
                .keys(ids.stream()
                        .map(id -> Map.of(Attributes.ID, AttributeValue.fromS(id)))
                        .toList())
                .consistentRead(true)
                .build();
    }
}
