package dev.darkroom.core.queue;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.sweep.HeldRows.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rows of the queue that have to be read: rows that a listing shows for the first time, and rows whose step has
 * failed.
 */
final class UnreadRows {

    /** After more consecutive failures than this, a row delays neither new requests nor the end of the sweep. */
    private static final int MAX_RETRIES = 2;

    private static final Duration UNREADABLE = Duration.ofMinutes(1);

    private final Predicate<GenerationId> isHeld;
    private final Queue<GenerationId> unread = new ArrayDeque<>();
    private final Set<GenerationId> reading = new HashSet<>();
    private final Map<GenerationId, Held> failed = new HashMap<>();
    private boolean anyShown;

    /** {@code isHeld} is true for a row that was read and is still waiting or being submitted. */
    UnreadRows(Predicate<GenerationId> isHeld) {
        this.isHeld = isHeld;
    }

    /** A listing begins. A row whose step has failed may still be queued even if the listing does not reach it. */
    void begin(Instant now) {
        anyShown = false;
        List.copyOf(failed.keySet()).forEach(id -> show(id, now));
    }

    /** The listing shows the row. */
    void show(GenerationId id, Instant now) {
        var failure = failed.get(id);
        anyShown |= failure == null || isRetried(failure);
        boolean isDue = failure == null || !failure.at().isAfter(now);
        if (isDue && !isHeld.test(id) && reading.add(id)) {
            unread.add(id);
        }
    }

    /** Whether the last listing showed a row that may still be queued. */
    boolean anyShown() {
        return anyShown;
    }

    boolean isEmpty() {
        return unread.isEmpty();
    }

    /** The next row to read. */
    Optional<GenerationId> take() {
        return Optional.ofNullable(unread.poll());
    }

    boolean isReading() {
        return !reading.isEmpty();
    }

    /** Whether every row that was shown and may still be queued was read. */
    boolean isDone() {
        return reading.isEmpty() && retries() == 0;
    }

    /** False when the row was not being read. */
    boolean completed(GenerationId id) {
        return reading.remove(id);
    }

    void failed(GenerationId id, Instant now) {
        failed.put(id, failed.getOrDefault(id, new Held(id, now, null, 0)).failed(now, now, null));
    }

    void unreadable(GenerationId id, Instant now) {
        failed.put(id, new Held(id, now.plus(UNREADABLE), null, MAX_RETRIES + 1));
    }

    void succeeded(GenerationId id) {
        failed.remove(id);
    }

    /** How many failed rows wait for another attempt and still count as rows that can be submitted. */
    int retries() {
        return Math.toIntExact(failed.values().stream()
                .filter(row -> isRetried(row) && !isHeld.test(row.id()))
                .count());
    }

    private static boolean isRetried(Held row) {
        return row.failures() <= MAX_RETRIES;
    }
}
