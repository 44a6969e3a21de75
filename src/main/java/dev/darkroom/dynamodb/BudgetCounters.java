package dev.darkroom.dynamodb;

import static dev.darkroom.dynamodb.Values.number;
import static dev.darkroom.dynamodb.Values.text;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.StoreRefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Makes the parts of a transaction that change the counters of windows. A counter has {@code committed}, what is held
 * and spent together, because a condition cannot add two attributes. The counter of the deployment has nothing else, so
 * that a generation that costs its price changes it once.
 */
final class BudgetCounters {

    /** Longer than a row may stay unsettled, and long enough to compare a month with the provider's bill. */
    private static final Duration KEPT_AFTER_END = Duration.ofDays(120);

    /** What one transaction changes in a window, in micro-dollars. */
    private record Change(long committed, long spent) {

        Change plus(Change other) {
            return new Change(Math.addExact(committed, other.committed), Math.addExact(spent, other.spent));
        }

        boolean isNothing() {
            return committed == 0 && spent == 0;
        }
    }

    private static final Change NOTHING = new Change(0, 0);

    private final String table;

    BudgetCounters(String table) {
        this.table = table;
    }

    /** Whether writing this version of the row changes counters. */
    static boolean isPosting(Generation row) {
        return !changes(List.of(row)).isEmpty();
    }

    /** The parts that hold the price of a new row, one for each limit. */
    List<TransactWriteItem> holding(Generation row, List<SpendLimit> limits) {
        var changes = changes(List.of(row));
        var windows =
                limits.stream().map(limit -> limit.windowAt(row.createdAt())).toList();
        if (!windows.equals(List.copyOf(changes.keySet()))) {
            throw new IllegalArgumentException("a row counts in the windows of the limits on it");
        }
        return limits.stream()
                .map(limit -> {
                    var window = limit.windowAt(row.createdAt());
                    return holding(window, changes.getOrDefault(window, NOTHING), limit, row.createdAt());
                })
                .toList();
    }

    private TransactWriteItem holding(BudgetWindow window, Change change, SpendLimit limit, Instant acceptedAt) {
        long room = limit.max().microDollars() - change.committed();
        var values = new HashMap<>(values(window, change));
        values.put(":room", number(room));
        limit.resetsAfter(acceptedAt)
                .ifPresent(end ->
                        values.put(":expiresAt", number(end.plus(KEPT_AFTER_END).getEpochSecond())));
        return TransactWriteItem.builder()
                .update(update -> update.tableName(table)
                        .key(key(window))
                        .conditionExpression(room < 0 ? Expressions.HAS_ROOM : Expressions.NEW_OR_HAS_ROOM)
                        .updateExpression(
                                (values.containsKey(":expiresAt") ? Expressions.KEEP_UNTIL : "") + posting(window))
                        .expressionAttributeValues(values)
                        .returnValuesOnConditionCheckFailure(ALL_OLD))
                .build();
    }

    /** The parts that settle what these versions of rows settle; none when they settle nothing. */
    List<TransactWriteItem> settling(List<Generation> rows) {
        return changes(rows).entrySet().stream()
                .map(entry -> TransactWriteItem.builder()
                        .update(update -> update.tableName(table)
                                .key(key(entry.getKey()))
                                .updateExpression(posting(entry.getKey()))
                                .expressionAttributeValues(values(entry.getKey(), entry.getValue())))
                        .build())
                .toList();
    }

    /** A transaction changes each counter once, however many of its rows count there. */
    private static SequencedMap<BudgetWindow, Change> changes(List<Generation> rows) {
        var changes = new LinkedHashMap<BudgetWindow, Change>();
        for (var row : rows) {
            row.knownCost()
                    .ifPresent(cost -> cost.postedBy(row.version()).ifPresent(posting -> {
                        for (var window : cost.windows()) {
                            long spent = window.scope().isDeployment() ? 0 : posting.spentMicros();
                            changes.merge(window, new Change(posting.committedMicros(), spent), Change::plus);
                        }
                    }));
        }
        changes.values().removeIf(Change::isNothing);
        return changes;
    }

    private static String posting(BudgetWindow window) {
        return window.scope().isDeployment() ? Expressions.POST_COMMITTED : Expressions.POST;
    }

    private static Map<String, AttributeValue> values(BudgetWindow window, Change change) {
        return window.scope().isDeployment()
                ? Map.of(":committed", number(change.committed()))
                : Map.of(":committed", number(change.committed()), ":spent", number(change.spent()));
    }

    /** The item's id is not a generation id, so no caller can read it. */
    static Map<String, AttributeValue> key(BudgetWindow window) {
        return Map.of(Attributes.ID, text("budget#" + window));
    }

    /** What an item counts; nothing when it has no attributes. */
    static BudgetUse use(Map<String, AttributeValue> item) {
        try {
            return new BudgetUse(amount(item.get(Attributes.COMMITTED)), amount(item.get(Attributes.SPENT)));
        } catch (NumberFormatException e) {
            throw new StoreRefusedException("the counter %s is no number".formatted(Values.idOf(item)), e);
        }
    }

    /** Whether a warning about the window is marked as reported. */
    static boolean isReported(Map<String, AttributeValue> item) {
        return item.containsKey(Attributes.REPORTED);
    }

    private static Money amount(@Nullable AttributeValue value) {
        return value == null ? Money.ZERO : new Money(Math.max(0, number(value)));
    }
}
