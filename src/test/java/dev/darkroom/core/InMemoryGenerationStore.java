package dev.darkroom.core;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.store.UnreadableRowException;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** The fake of the generation store and its index of owners. It passes the same contract suites as the real ones. */
public final class InMemoryGenerationStore implements GenerationStore, OwnerIndex {

    private static final Comparator<Entry> NEWEST_FIRST = Comparator.comparing(Entry::createdAt)
            .thenComparing(entry -> entry.id().value())
            .reversed();

    private final int shards;
    private final Map<GenerationId, Generation> rows = new HashMap<>();
    private final InMemoryBudgets budgets = new InMemoryBudgets();
    private final InMemoryUsageCounters usage = new InMemoryUsageCounters();
    private final Map<String, GenerationId> predictionClaims = new HashMap<>();
    private final Set<GenerationId> unreadable = new HashSet<>();
    private final Set<GenerationId> damaged = new HashSet<>();
    private int writes;
    private int calls;
    private BooleanSupplier unavailable = () -> false;
    private Runnable beforeCreate = () -> {};
    private Consumer<Generation> beforeUpdate = _ -> {};
    private Runnable afterWriteOfAll = () -> {};
    private UnaryOperator<List<DueRow>> index = UnaryOperator.identity();
    private UnaryOperator<List<Entry>> ownerIndex = UnaryOperator.identity();
    private int rowReads;

    public InMemoryGenerationStore(int shards) {
        this.shards = shards;
    }

    @Override
    public synchronized Creation create(Generation generation, List<SpendLimit> limits) {
        beforeCreate.run();
        checkAvailable();
        var existing = rows.get(generation.id());
        if (existing != null) {
            return existing.equals(generation) ? new Creation.Created() : new Creation.Exists(read(existing));
        }
        var refusal = budgets.refusal(generation, limits);
        if (refusal.isEmpty()) {
            write(generation);
        }
        return refusal.orElseGet(Creation.Created::new);
    }

    private void write(Generation row) {
        rows.put(row.id(), row);
        budgets.post(row);
        usage.post(row);
        writes++;
    }

    private Generation read(Generation row) {
        if (damaged.contains(row.id())) {
            throw new UnreadableRowException(row.id().value(), new IllegalStateException("damaged"));
        }
        return row;
    }

    @Override
    public synchronized Update update(Generation next) {
        beforeUpdate.accept(next);
        checkAvailable();
        var current = rows.get(next.id());
        if (current == null) {
            throw new IllegalStateException("the row is gone");
        }
        if (current.version() != next.version() - 1) {
            return current.equals(next) ? new Update.Written() : new Update.Conflict(current);
        }
        write(next);
        return new Update.Written();
    }

    @Override
    public synchronized boolean writeAll(List<Generation> all) {
        for (var row : all) {
            // The action may set another one.
            beforeUpdate.accept(row);
        }
        checkAvailable();
        if (!all.stream().allMatch(this::isNext)) {
            return all.stream().allMatch(row -> row.equals(rows.get(row.id())));
        }
        all.forEach(this::write);
        afterWriteOfAll.run();
        return true;
    }

    private boolean isNext(Generation row) {
        var current = rows.get(row.id());
        return current == null ? row.version() == 1 : current.version() == row.version() - 1;
    }

    @Override
    public synchronized Optional<GenerationId> claimedBy(ProviderId provider, PredictionId prediction) {
        checkAvailable();
        return Optional.ofNullable(predictionClaims.get(key(provider, prediction)));
    }

    @Override
    public synchronized boolean claimPrediction(PredictionClaim claim, Optional<GenerationId> from) {
        checkAvailable();
        var key = key(claim.provider(), claim.prediction());
        var holder = Optional.ofNullable(predictionClaims.get(key));
        if (!holder.equals(from) && !holder.equals(Optional.of(claim.row()))) {
            return false;
        }
        predictionClaims.put(key, claim.row());
        writes++;
        return true;
    }

    private static String key(ProviderId provider, PredictionId prediction) {
        return provider + "#" + prediction;
    }

    @Override
    public synchronized Optional<Generation> find(GenerationId id) {
        checkAvailable();
        return Optional.ofNullable(rows.get(id)).map(this::read);
    }

    @Override
    public synchronized Page findDue(Shard shard, Instant from, Instant until, Optional<Cursor> after, int limit) {
        checkAvailable();
        var all = rows.values().stream()
                .filter(row -> row.dueAt() != null && Shard.of(row.id(), shards).equals(shard))
                .flatMap(row -> Optional.ofNullable(row.dueAt()).map(at -> new DueRow(row.id(), at)).stream())
                .filter(row -> !row.dueAt().isBefore(from) && !row.dueAt().isAfter(until))
                .sorted(Comparator.comparing(DueRow::dueAt)
                        .thenComparing(row -> row.id().value()))
                .toList();
        return page(all, row -> row.dueAt().toEpochMilli(), after, limit);
    }

    @Override
    public synchronized Page findQueued(ProviderId provider, Optional<Cursor> after, int limit) {
        checkAvailable();
        var rounds = new HashMap<GenerationId, Long>();
        rows.values().forEach(row -> {
            if (row.state() instanceof State.Queued queued && row.provider().equals(provider)) {
                rounds.put(row.id(), queued.round());
            }
        });
        var all = rounds.keySet().stream()
                .sorted(Comparator.comparingLong((GenerationId id) -> rounds.getOrDefault(id, 0L))
                        .thenComparing(GenerationId::value))
                .map(id -> new DueRow(id, Instant.EPOCH))
                .toList();
        return page(all, row -> rounds.getOrDefault(row.id(), 0L), after, limit);
    }

    @Override
    public synchronized List<Entry> entries(Owner owner, Span span, Optional<Entry> after, int limit) {
        checkAvailable();
        var entries = rows.values().stream()
                .filter(row -> row.owner().equals(owner) && row.isListed())
                .map(row -> new Entry(row.createdAt(), row.id()))
                .toList();
        return ownerIndex.apply(entries).stream()
                .filter(entry -> !entry.createdAt().isBefore(span.from())
                        && !entry.createdAt().isAfter(span.until()))
                .sorted(NEWEST_FIRST)
                .filter(entry -> after.filter(last -> NEWEST_FIRST.compare(entry, last) <= 0)
                        .isEmpty())
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized Rows rows(List<GenerationId> ids) {
        checkAvailable();
        rowReads += ids.size();
        var readable = ids.stream()
                .filter(id -> !damaged.contains(id))
                .flatMap(id -> Optional.ofNullable(rows.get(id)).stream())
                .toList();
        return new Rows(
                readable,
                ids.stream().filter(damaged::contains).map(GenerationId::value).toList());
    }

    /** Changes what the index of owners shows: it may lag behind the rows. */
    public synchronized void showInOwnerIndex(UnaryOperator<List<Entry>> change) {
        ownerIndex = change;
    }

    /** How many rows were read for lists. */
    public synchronized int rowReads() {
        return rowReads;
    }

    /** Removes the row, as its time to live does. */
    public synchronized void expire(GenerationId id) {
        rows.remove(id);
    }

    private Page page(List<DueRow> all, ToLongFunction<DueRow> position, Optional<Cursor> after, int limit) {
        var rest = all.stream()
                .filter(row ->
                        after.filter(cursor -> !isAfter(row, position, cursor)).isEmpty())
                .toList();
        var readable =
                rest.stream().filter(row -> !unreadable.contains(row.id())).toList();
        var last = readable.size() > limit ? readable.get(limit - 1) : null;
        return new Page(
                index.apply(readable.stream().limit(limit).toList()),
                rest.stream()
                        .map(DueRow::id)
                        .filter(unreadable::contains)
                        .map(GenerationId::value)
                        .toList(),
                Optional.ofNullable(last)
                        .map(row -> new Cursor(row.id().value(), Long.toString(position.applyAsLong(row)))));
    }

    private static boolean isAfter(DueRow row, ToLongFunction<DueRow> position, Cursor cursor) {
        long at = position.applyAsLong(row);
        long cursorAt = Long.parseLong(cursor.position());
        return at > cursorAt || (at == cursorAt && row.id().value().compareTo(cursor.id()) > 0);
    }

    /** The index shows the row's entry in a form that cannot be read. */
    public synchronized void makeIndexEntryUnreadable(GenerationId id) {
        unreadable.add(id);
    }

    /** The row is stored in a form that cannot be read. */
    public synchronized void damage(GenerationId id) {
        damaged.add(id);
    }

    /** The action runs before each row is stored. */
    public synchronized void beforeCreate(Runnable action) {
        beforeCreate = action;
    }

    /** The action runs before each update, with the version that is to be written. */
    public synchronized void beforeUpdate(Consumer<Generation> action) {
        beforeUpdate = action;
    }

    /** The action runs after several rows were written at once. */
    public synchronized void afterWriteOfAll(Runnable action) {
        afterWriteOfAll = action;
    }

    /** Changes what the index shows: it may lag behind the rows, or throw. */
    public synchronized void showInIndex(UnaryOperator<List<DueRow>> change) {
        index = change;
    }

    /** The counters that the rows change. */
    public InMemoryBudgets budgets() {
        return budgets;
    }

    /** What the rows have used. */
    public InMemoryUsageCounters usage() {
        return usage;
    }

    public synchronized Collection<Generation> all() {
        return List.copyOf(rows.values());
    }

    /** The number of writes. */
    public synchronized int writes() {
        return writes;
    }

    /** Makes every call throw, or ends that. */
    public synchronized void setUnavailable(boolean unavailable) {
        this.unavailable = () -> unavailable;
    }

    /** Every call throws while the condition holds. */
    public synchronized void setUnavailableWhile(BooleanSupplier condition) {
        unavailable = condition;
    }

    /** The number of calls, with or without success. */
    public synchronized int calls() {
        return calls;
    }

    public synchronized void clear() {
        rows.clear();
        budgets.clear();
        usage.clear();
        predictionClaims.clear();
        unreadable.clear();
        damaged.clear();
        writes = 0;
        unavailable = () -> false;
        beforeCreate = () -> {};
        beforeUpdate = _ -> {};
        afterWriteOfAll = () -> {};
        index = UnaryOperator.identity();
        ownerIndex = UnaryOperator.identity();
        rowReads = 0;
    }

    private void checkAvailable() {
        calls++;
        if (unavailable.getAsBoolean()) {
            throw new StoreUnavailableException("the fake is set not to answer", new IllegalStateException());
        }
    }
}
