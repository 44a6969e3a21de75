package dev.darkroom.core.sweep;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.store.GenerationStore.DueRow;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a sweep holds in memory, each with the time of its next step. Failing rows are kept apart: each waits
 * longer after each failure, and they get only a share of the concurrent steps.
 */
public final class HeldRows {

    /** A row with a longer input is read again for each step: thousands of them would not fit into memory. */
    public static final int MAX_INPUT = 1_000;

    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);
    private static final int MAX_DOUBLINGS = 6;
    private static final Comparator<Held> EARLIEST = Comparator.comparing(Held::at);

    private final Instant windowEnd;
    private final int maxFailingRunning;
    private final Map<GenerationId, Held> held = new HashMap<>();
    private final PriorityQueue<Held> pending = new PriorityQueue<>(EARLIEST);
    private final PriorityQueue<Held> failing = new PriorityQueue<>(EARLIEST);

    /** When the sweep finished with a row. A row with a later due time is new. */
    private final Map<GenerationId, Instant> done = new HashMap<>();

    private int failingRunning;

    HeldRows(Instant windowEnd, int maxFailingRunning) {
        this.windowEnd = windowEnd;
        this.maxFailingRunning = maxFailingRunning;
    }

    /**
     * A row that waits for its next step.
     *
     * @param row the known row, null when it has to be read first
     * @param failures how many steps in a row have failed for the row's own reasons
     */
    public record Held(
            GenerationId id, Instant at, @Nullable Generation row, int failures) {

        Held deferred(Instant next, @Nullable Generation known) {
            return new Held(id, next, known, failures);
        }

        Held succeeded(Instant next, @Nullable Generation known) {
            return new Held(id, next, known, 0);
        }

        public Held failed(Instant now, Instant earliest, @Nullable Generation known) {
            var retryAt = now.plus(RETRY_DELAY.multipliedBy(1L << Math.min(failures, MAX_DOUBLINGS)));
            return new Held(id, retryAt.isAfter(earliest) ? retryAt : earliest, known, failures + 1);
        }
    }

    /** Another writer rarely changes a processing row while it waits; null for any other row, which is read again. */
    static @Nullable Generation worthHolding(Generation row) {
        boolean worth =
                row.state() instanceof State.Processing && row.request().input().length() <= MAX_INPUT;
        return worth ? row : null;
    }

    int size() {
        return held.size();
    }

    int doneCount() {
        return done.size();
    }

    boolean isNew(DueRow row) {
        var doneAt = done.get(row.id());
        return !held.containsKey(row.id()) && (doneAt == null || row.dueAt().isAfter(doneAt));
    }

    void hold(Held row) {
        held.put(row.id(), row);
        (row.failures() > 0 ? failing : pending).add(row);
    }

    /** Drops the row whose time comes last, a failing row if there is one; false when no row can wait. */
    boolean drop(Instant now) {
        var rows = failing.isEmpty() ? pending : failing;
        var last = rows.stream().max(EARLIEST).filter(row -> !isDue(row, now)).filter(rows::remove);
        return last.map(Held::id).map(held::remove).isPresent();
    }

    /** A row whose time has come. */
    Optional<Held> take(Instant now) {
        if (isDue(pending.peek(), now)) {
            return Optional.of(pending.remove());
        }
        if (failingRunning < maxFailingRunning && isDue(failing.peek(), now)) {
            failingRunning++;
            return Optional.of(failing.remove());
        }
        return Optional.empty();
    }

    /** When {@link #take} may return a row; {@link Instant#MAX} when none waits for its time. */
    Instant nextAt() {
        var next = pending.isEmpty() ? Instant.MAX : pending.element().at();
        var failed = failing.isEmpty() || failingRunning >= maxFailingRunning
                ? Instant.MAX
                : failing.element().at();
        return next.isBefore(failed) ? next : failed;
    }

    /** The row's step has ended, so the row is no longer held. */
    Held release(GenerationId id) {
        var row = Objects.requireNonNull(held.remove(id), "only held rows take steps");
        failingRunning -= row.failures() > 0 ? 1 : 0;
        return row;
    }

    /** Holds the row until its time, if the time is within the window. */
    void schedule(Held row, Instant now) {
        if (row.at().isAfter(windowEnd)) {
            markDone(row.id(), now);
        } else {
            hold(row);
        }
    }

    void markDone(GenerationId id, Instant now) {
        done.put(id, now);
    }

    /** The index no longer shows the due times that these rows had then. */
    void forgetDoneBefore(Instant time) {
        done.values().removeIf(at -> at.isBefore(time));
    }

    private static boolean isDue(@Nullable Held row, Instant now) {
        return row != null && !row.at().isAfter(now);
    }
}
