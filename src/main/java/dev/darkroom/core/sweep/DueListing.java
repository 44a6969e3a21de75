package dev.darkroom.core.sweep;

import dev.darkroom.core.store.GenerationStore.Cursor;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.store.GenerationStore.Page;
import dev.darkroom.core.store.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lists the index of a shard. Each listing shows the rows that became due since the last one, so that older due rows do
 * not delay new ones. Once a minute the whole index is listed, in parts that fit into the room that the sweep has.
 */
final class DueListing {

    private static final Duration WHOLE_EVERY = Duration.ofMinutes(1);

    /** How late the index may be, and how wrong the clock of the process that wrote a row may be. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** A held row may be due for as long as its sweep's window; a row that is due for longer is overdue. */
    private static final Duration OVERDUE = Duration.ofMinutes(5);

    private final Shard shard;
    private final Instant windowEnd;
    private final SweepContext context;
    private Instant listedAt;
    private Instant wholeAt = Instant.MIN;
    private Instant reportAt = Instant.MIN;
    private Optional<Cursor> cursor = Optional.empty();
    private boolean listing;

    DueListing(Shard shard, Instant windowEnd, SweepContext context) {
        this.shard = shard;
        this.windowEnd = windowEnd;
        this.context = context;
        this.listedAt = context.generations().now();
    }

    /** Whether a listing of the whole index has begun and not ended. */
    boolean isUnderWay() {
        return listing;
    }

    /** Whether, among the first {@code limit} rows that are due by {@code time}, one satisfies the condition. */
    boolean hasDueBy(Instant time, int limit, Predicate<DueRow> condition) {
        var page = page(Instant.EPOCH, time, Optional.empty(), limit);
        reportOverdue(page);
        return page.rows().stream().anyMatch(condition)
                || (page.rows().isEmpty() && page.next().isPresent());
    }

    /** Passes each row that became due lately, or will soon, to {@code found}. */
    void listRecent(Consumer<DueRow> found) {
        var now = context.generations().now();
        var soon = now.plus(OVERLAP);
        var until = soon.isBefore(windowEnd) ? soon : windowEnd;
        page(listedAt.minus(OVERLAP), until, Optional.empty(), context.limits().rows())
                .rows()
                .forEach(found);
        listedAt = now;
    }

    /** Whether it is time to list the whole index; if so, {@link #listOn} starts at its beginning. */
    boolean startWhole() {
        var now = context.generations().now();
        if (listing || now.isBefore(wholeAt)) {
            return false;
        }
        wholeAt = now.plus(WHOLE_EVERY);
        cursor = Optional.empty();
        listing = true;
        return true;
    }

    /** Passes the next rows of the whole index to {@code found}, {@code room} at most. */
    void listOn(int room, Consumer<DueRow> found) {
        var page = page(Instant.EPOCH, windowEnd, cursor, room);
        if (cursor.isEmpty()) {
            reportOverdue(page);
        }
        page.rows().forEach(found);
        cursor = page.next();
        listing = cursor.isPresent();
    }

    private Page page(Instant from, Instant until, Optional<Cursor> after, int limit) {
        var page = context.generations().store().findDue(shard, from, until, after, limit);
        page.unreadable().forEach(context.generations().listener()::rowUnreadable);
        return page;
    }

    /** Reports once a minute while a row is overdue. */
    private void reportOverdue(Page page) {
        var now = context.generations().now();
        page.rows().stream()
                .findFirst()
                .filter(_ -> !now.isBefore(reportAt))
                .map(row -> Duration.between(row.dueAt(), now))
                .filter(age -> age.compareTo(OVERDUE) > 0)
                .ifPresent(age -> {
                    reportAt = now.plus(WHOLE_EVERY);
                    context.generations().listener().overdue(shard, age);
                });
    }
}
