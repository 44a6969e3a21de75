package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The fake of the store. It passes the contract suite of the real one. */
public final class InMemoryGenerationStore implements GenerationStore {

    private final int shards;
    private final Map<GenerationId, Generation> rows = new HashMap<>();
    private final Map<PredictionId, GenerationId> taken = new HashMap<>();
    private int writes;
    private int calls;
    private BooleanSupplier unavailable = () -> false;
    private Runnable beforeCreate = () -> {};
    private Consumer<Generation> beforeUpdate = _ -> {};
    private UnaryOperator<List<DueRow>> index = UnaryOperator.identity();

    public InMemoryGenerationStore(int shards) {
        this.shards = shards;
    }

    @Override
    public synchronized Creation create(Generation generation) {
        beforeCreate.run();
        checkAvailable();
        var existing = rows.putIfAbsent(generation.id(), generation);
        writes += existing == null ? 1 : 0;
        return existing == null || existing.equals(generation) ? new Creation.Created() : new Creation.Exists(existing);
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
        rows.put(next.id(), next);
        writes++;
        return new Update.Written();
    }

    @Override
    public synchronized Optional<GenerationId> holder(PredictionId prediction) {
        checkAvailable();
        return Optional.ofNullable(taken.get(prediction));
    }

    @Override
    public synchronized boolean take(PredictionId prediction, GenerationId row, Optional<GenerationId> from) {
        checkAvailable();
        var holder = Optional.ofNullable(taken.get(prediction));
        if (!holder.equals(from) && !holder.equals(Optional.of(row))) {
            return false;
        }
        taken.put(prediction, row);
        writes++;
        return true;
    }

    @Override
    public synchronized Optional<Generation> find(GenerationId id) {
        checkAvailable();
        return Optional.ofNullable(rows.get(id));
    }

    @Override
    public synchronized List<DueRow> due(Shard shard, Instant from, Instant until, int limit) {
        checkAvailable();
        return index.apply(rows.values().stream()
                .filter(row -> Shard.of(row.id(), shards).equals(shard))
                .flatMap(row -> Optional.ofNullable(row.dueAt()).map(at -> new DueRow(row.id(), at)).stream())
                .filter(row -> !row.dueAt().isBefore(from) && !row.dueAt().isAfter(until))
                .sorted(Comparator.comparing(DueRow::dueAt))
                .limit(limit)
                .toList());
    }

    @Override
    public synchronized List<GenerationId> queued(int limit) {
        checkAvailable();
        return rows.values().stream()
                .filter(row -> row.state() instanceof State.Accepted)
                .sorted(Comparator.comparingLong(row -> ((State.Accepted) row.state()).turn()))
                .limit(limit)
                .map(Generation::id)
                .toList();
    }

    @Override
    public synchronized int countDue(Instant until) {
        checkAvailable();
        return (int) rows.values().stream()
                .filter(row -> row.dueAt() != null && !row.dueAt().isAfter(until))
                .count();
    }

    /** Acts before each row is stored. */
    public synchronized void beforeCreate(Runnable action) {
        beforeCreate = action;
    }

    /** Acts before each update, with the version that is to be written. */
    public synchronized void beforeUpdate(Consumer<Generation> action) {
        beforeUpdate = action;
    }

    /** Changes what the index shows: it may lag behind the rows, or not answer. */
    public synchronized void showInIndex(UnaryOperator<List<DueRow>> change) {
        index = change;
    }

    public synchronized Collection<Generation> all() {
        return List.copyOf(rows.values());
    }

    /** How many writes happened. */
    public synchronized int writes() {
        return writes;
    }

    /** From now on, or no longer, every call throws. */
    public synchronized void setUnavailable(boolean unavailable) {
        this.unavailable = () -> unavailable;
    }

    /** Every call throws as long as this holds. */
    public synchronized void setUnavailableWhile(BooleanSupplier condition) {
        unavailable = condition;
    }

    /** How often it was called, with or without success. */
    public synchronized int calls() {
        return calls;
    }

    public synchronized void clear() {
        rows.clear();
        taken.clear();
        writes = 0;
        unavailable = () -> false;
        beforeCreate = () -> {};
        beforeUpdate = _ -> {};
        index = UnaryOperator.identity();
    }

    private void checkAvailable() {
        calls++;
        if (unavailable.getAsBoolean()) {
            throw new StoreUnavailableException("the fake was told not to answer", new IllegalStateException());
        }
    }
}
