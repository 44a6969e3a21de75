package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static dev.darkroom.dynamodb.Values.time;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.core.store.UnreadableRowException;
import dev.darkroom.core.usage.CountedNames;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Generations in one DynamoDB table. */
@Singleton
public class DynamoDbGenerationStore implements GenerationStore {

    private static final Logger LOG = Logger.getLogger(DynamoDbGenerationStore.class);

    /**
     * How many entries a page of the index has, at most: while a page is read, it takes many times the memory of its
     * rows.
     */
    private static final int PAGE = 500;

    /** The index of the queue has rounds in place of times. */
    private static final Instant LAST_ROUND = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final DynamoDbClient client;
    private final String table;
    private final GenerationItem items;
    private final TransactionParts parts;
    private final BudgetCounters counters;
    private final UsageParts usage;
    private final Transactions transactions;
    private final InstantSource clock;

    /** A store that counts usage by no metadata. */
    public DynamoDbGenerationStore(DynamoDbClient client, TableConfig config, InstantSource clock) {
        this(client, config, clock, CountedNames.NONE);
    }

    @Inject
    public DynamoDbGenerationStore(DynamoDbClient client, TableConfig config, InstantSource clock, CountedNames names) {
        this.clock = clock;
        this.client = client;
        this.table = config.name();
        if (config.shards() < 1) {
            throw new IllegalArgumentException("darkroom.table.shards must be 1 or more");
        }
        this.items = new GenerationItem(config.shards(), config.retention());
        this.parts = new TransactionParts(table, items);
        this.counters = new BudgetCounters(table);
        this.usage = new UsageParts(table, names);
        this.transactions = new Transactions(client, clock);
    }

    /** Without a counter it is one write of one item, which costs half of a transaction. */
    @Override
    public Creation create(Generation generation, List<SpendLimit> limits) {
        return BudgetCounters.isPosting(generation) ? createHolding(generation, limits) : createAlone(generation);
    }

    private Creation createHolding(Generation generation, List<SpendLimit> limits) {
        var holds = counters.holding(generation, limits);
        var holding = new ArrayList<>(List.of(parts.of(generation)));
        holding.addAll(holds);
        try {
            transactions.write(holding);
            return new Creation.Created();
        } catch (TransactionCanceledException e) {
            var invalid = Transactions.invalidParts(holding, e);
            if (!invalid.isEmpty() && !Transactions.hasFailedCondition(e)) {
                throw refused(invalid, e);
            }
            return refusal(generation, limits, e);
        } catch (SdkException e) {
            throw Table.isForGood(e) ? refused(holds, e) : Table.failure(e);
        }
    }

    private static StoreRefusedException refused(List<TransactWriteItem> parts, SdkException e) {
        return new StoreRefusedException("the table refused a row with the counters " + idsOf(parts), e);
    }

    /** A row that exists decides before a limit: it was accepted, and its price is held already. */
    private static Creation refusal(Generation generation, List<SpendLimit> limits, TransactionCanceledException e) {
        var reasons = e.cancellationReasons();
        if (!Transactions.hasFailedCondition(e)) {
            throw Table.failure(e);
        }
        if (reasons.getFirst().hasItem()) {
            var existing = read(reasons.getFirst().item());
            return existing.equals(generation) ? new Creation.Created() : new Creation.Exists(existing);
        }
        int refused = IntStream.range(0, limits.size())
                .filter(i -> Transactions.isFailedCondition(reasons.get(i + 1)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the row is gone", e));
        return new Creation.OverBudget(
                limits.get(refused), BudgetCounters.use(reasons.get(refused + 1).item()));
    }

    private Creation createAlone(Generation generation) {
        try {
            client.putItem(put -> put.tableName(table)
                    .item(items.toItem(generation))
                    .conditionExpression(Expressions.NEW_ROW)
                    .returnValuesOnConditionCheckFailure(ALL_OLD));
            return new Creation.Created();
        } catch (ConditionalCheckFailedException e) {
            var existing = existing(e);
            // A request that the SDK repeated finds its own first write.
            return existing.equals(generation) ? new Creation.Created() : new Creation.Exists(existing);
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    @Override
    public Update update(Generation next) {
        return BudgetCounters.isPosting(next) || usage.isCounted(next) ? updateSettling(next) : updateAlone(next);
    }

    private Update updateSettling(Generation next) {
        if (writeAll(List.of(next))) {
            return new Update.Written();
        }
        return new Update.Conflict(find(next.id()).orElseThrow(() -> new IllegalStateException("the row is gone")));
    }

    private Update updateAlone(Generation next) {
        var attributes = items.updateAttributes(next);
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(key(next.id()))
                    .conditionExpression(Expressions.VERSION_UNCHANGED)
                    .updateExpression(Expressions.updateFor(attributes.keySet(), next))
                    .expressionAttributeNames(Expressions.aliasesFor(attributes.keySet()))
                    .expressionAttributeValues(Expressions.valuesFor(attributes, next.version() - 1))
                    .returnValuesOnConditionCheckFailure(ALL_OLD));
            return new Update.Written();
        } catch (ConditionalCheckFailedException e) {
            var current = existing(e);
            return current.equals(next) ? new Update.Written() : new Update.Conflict(current);
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    @Override
    public boolean writeAll(List<Generation> rows) {
        var counts = new ArrayList<>(counters.settling(rows));
        counts.addAll(usage.of(rows));
        return writeAll(rows, counts);
    }

    /** A counter that is no number must not keep an image from its owner. */
    private boolean writeAll(List<Generation> rows, List<TransactWriteItem> counts) {
        try {
            return write(rows, counts);
        } catch (TransactionCanceledException e) {
            var invalid = Transactions.invalidParts(parts(rows, counts), e);
            if (invalid.isEmpty() || !counts.containsAll(invalid)) {
                throw Table.failure(e);
            }
            boolean isWritten = writeAll(rows, without(counts, invalid));
            logWithout(invalid);
            return isWritten;
        } catch (SdkException e) {
            if (counts.isEmpty() || !Table.isForGood(e)) {
                throw Table.failure(e);
            }
            return writeWithoutOne(rows, counts);
        }
    }

    /** The table does not say which counter is wrong. Each is left out in turn; usage, which limits nothing, first. */
    private boolean writeWithoutOne(List<Generation> rows, List<TransactWriteItem> counts) {
        for (var one : counts.reversed()) {
            try {
                boolean isWritten = write(rows, without(counts, List.of(one)));
                logWithout(List.of(one));
                return isWritten;
            } catch (SdkException e) {
                if (!Table.isForGood(e)) {
                    throw Table.failure(e);
                }
            }
        }
        boolean isWritten = writeAll(rows, List.of());
        logWithout(counts);
        return isWritten;
    }

    private boolean write(List<Generation> rows, List<TransactWriteItem> counts) {
        try {
            transactions.write(parts(rows, counts));
            return true;
        } catch (TransactionCanceledException e) {
            if (Transactions.hasFailedCondition(e)) {
                return areStored(rows, e.cancellationReasons());
            }
            throw e;
        }
    }

    private List<TransactWriteItem> parts(List<Generation> rows, List<TransactWriteItem> counts) {
        return Stream.concat(rows.stream().map(parts::of), counts.stream()).toList();
    }

    private static List<TransactWriteItem> without(List<TransactWriteItem> counts, List<TransactWriteItem> left) {
        return counts.stream().filter(count -> !left.contains(count)).toList();
    }

    private static void logWithout(List<TransactWriteItem> counts) {
        LOG.errorf("a row was written without the counters %s", idsOf(counts));
    }

    private static List<String> idsOf(List<TransactWriteItem> parts) {
        return parts.stream()
                .flatMap(part -> Optional.ofNullable(part.update()).stream())
                .map(update -> Values.idOf(update.key()))
                .toList();
    }

    /** A request that was repeated finds its own first write. */
    private static boolean areStored(List<Generation> rows, List<CancellationReason> reasons) {
        return IntStream.range(0, rows.size())
                .allMatch(i ->
                        reasons.get(i).hasItem() && read(reasons.get(i).item()).equals(rows.get(i)));
    }

    @Override
    public Optional<GenerationId> claimedBy(ProviderId provider, PredictionId prediction) {
        try {
            var answer = client.getItem(get ->
                    get.tableName(table).key(claimKey(provider, prediction)).consistentRead(true));
            return Optional.ofNullable(answer.item().get(Attributes.CLAIMED_BY))
                    .map(AttributeValue::s)
                    .flatMap(GenerationId::parse);
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    @Override
    public boolean claimPrediction(PredictionClaim claim, Optional<GenerationId> from) {
        var values = new HashMap<>(Map.of(
                ":row", text(claim.row().value()),
                ":expiresAt", number(clock.instant().plus(PredictionClaim.KEPT).getEpochSecond())));
        from.ifPresent(holder -> values.put(":from", text(holder.value())));
        try {
            client.updateItem(update -> update.tableName(table)
                    .key(claimKey(claim.provider(), claim.prediction()))
                    .updateExpression(Expressions.CLAIM_PREDICTION)
                    .conditionExpression(
                            from.isPresent() ? Expressions.CLAIMED_BY_FROM_OR_US : Expressions.UNCLAIMED_OR_OURS)
                    .expressionAttributeValues(values));
            return true;
        } catch (ConditionalCheckFailedException _) {
            return false;
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    /** The item's id is not a generation id, so no caller can read it. */
    private static Map<String, AttributeValue> claimKey(ProviderId provider, PredictionId prediction) {
        return Map.of(Attributes.ID, text("prediction#%s#%s".formatted(provider, prediction)));
    }

    @Override
    public Optional<Generation> find(GenerationId id) {
        try {
            var answer = client.getItem(get -> get.tableName(table).key(key(id)).consistentRead(true));
            return answer.hasItem() ? Optional.of(read(answer.item())) : Optional.empty();
        } catch (SdkException e) {
            throw Table.failure(e);
        }
    }

    @Override
    public Page findDue(Shard shard, Instant from, Instant until, Optional<Cursor> after, int limit) {
        return list(shard, from, until, after, limit);
    }

    private Page list(DueIndexPartition partition, Instant from, Instant until, Optional<Cursor> after, int limit) {
        var rows = new ArrayList<DueRow>();
        var unreadable = new ArrayList<String>();
        var position = after;
        do {
            var page = query(partition, from, until, position, Math.min(limit - rows.size(), PAGE));
            page.items()
                    .forEach(item -> dueRow(item).ifPresentOrElse(rows::add, () -> unreadable.add(Values.idOf(item))));
            position = page.hasLastEvaluatedKey() ? Optional.of(cursor(page.lastEvaluatedKey())) : Optional.empty();
        } while (position.isPresent() && rows.size() < limit);
        return new Page(rows, unreadable, position);
    }

    private QueryResponse query(
            DueIndexPartition partition, Instant from, Instant until, Optional<Cursor> after, int limit) {
        return Table.call(() -> client.query(query -> query.tableName(table)
                .indexName(Expressions.DUE_INDEX)
                .keyConditionExpression(Expressions.DUE)
                .expressionAttributeValues(
                        Map.of(":partition", text(partition.name()), ":from", time(from), ":until", time(until)))
                .exclusiveStartKey(
                        after.map(cursor -> startKey(partition, cursor)).orElse(null))
                .limit(limit)));
    }

    private static Map<String, AttributeValue> startKey(DueIndexPartition partition, Cursor cursor) {
        return Map.of(
                Attributes.ID, text(cursor.id()),
                Attributes.DUE_SHARD, text(partition.name()),
                Attributes.DUE_AT, AttributeValue.fromN(cursor.position()));
    }

    private static Cursor cursor(Map<String, AttributeValue> key) {
        return new Cursor(
                Values.required(key, Attributes.ID).s(),
                Values.required(key, Attributes.DUE_AT).n());
    }

    @Override
    public Page findQueued(ProviderId provider, Optional<Cursor> after, int limit) {
        return list(new Queue(provider), Instant.EPOCH, LAST_ROUND, after, limit);
    }

    /** Empty when the entry cannot be read, so that the other entries are still listed. */
    private static Optional<DueRow> dueRow(Map<String, AttributeValue> item) {
        try {
            return Optional.of(new DueRow(
                    new GenerationId(Values.required(item, Attributes.ID).s()),
                    time(Values.required(item, Attributes.DUE_AT))));
        } catch (RuntimeException _) {
            return Optional.empty();
        }
    }

    private static Generation read(Map<String, AttributeValue> item) {
        try {
            return GenerationItem.fromItem(item);
        } catch (RuntimeException e) {
            throw new UnreadableRowException(Values.idOf(item), e);
        }
    }

    private static Map<String, AttributeValue> key(GenerationId id) {
        return Map.of(Attributes.ID, text(id.value()));
    }

    private static Generation existing(ConditionalCheckFailedException e) {
        if (!e.hasItem()) {
            throw new IllegalStateException("the row is gone", e);
        }
        return read(e.item());
    }
}
