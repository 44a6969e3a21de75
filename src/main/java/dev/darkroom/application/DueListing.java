package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Cursor;
import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.application.GenerationStore.Page;
import dev.darkroom.domain.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Lists the index of a shard: each time what became due lately, so that rows that were due for long hold up no new one, and
 * once a minute the whole, in as many parts as there is room for.
 */
final class DueListing {

    private static final Duration WHOLE_EVERY = Duration.ofMinutes(1);

    /** How late the index may be, and how wrong the clock of who wrote a row. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** A row may be due for as long as the window of a sweep that holds it is. */
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

    /** Whether a listing of the whole has begun and not ended. */
    boolean isUnderWay() {
        return listing;
    }

    /** Whether, among the first {@code limit} rows that are due by then, one satisfies the condition. */
    boolean hasDueBy(Instant time, int limit, Predicate<DueRow> condition) {
        var page = page(Instant.EPOCH, time, Optional.empty(), limit);
        reportOverdue(page);
        return page.rows().stream().anyMatch(condition)
                || (page.rows().isEmpty() && page.next().isPresent());
    }

    /** Gives each row that is due soon to {@code found}. */
    void listLately(Consumer<DueRow> found) {
        var now = context.generations().now();
        var soon = now.plus(OVERLAP);
        var until = soon.isBefore(windowEnd) ? soon : windowEnd;
        page(listedAt.minus(OVERLAP), until, Optional.empty(), context.limits().rows())
                .rows()
                .forEach(found);
        listedAt = now;
    }

    /** Whether it is time to list the whole; if so, {@link #listOn} begins with it. */
    boolean beginsWhole() {
        var now = context.generations().now();
        if (listing || now.isBefore(wholeAt)) {
            return false;
        }
        wholeAt = now.plus(WHOLE_EVERY);
        cursor = Optional.empty();
        listing = true;
        return true;
    }

    /** Gives the next rows of the whole to {@code found}, {@code room} at most. */
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
        var page = context.generations().store().due(shard, from, until, after, limit);
        page.unreadable().forEach(context.generations().events()::rowUnreadable);
        return page;
    }

    /** Once a minute, as long as it lasts. */
    private void reportOverdue(Page page) {
        var now = context.generations().now();
        page.rows().stream()
                .findFirst()
                .filter(_ -> !now.isBefore(reportAt))
                .map(row -> Duration.between(row.dueAt(), now))
                .filter(age -> age.compareTo(OVERDUE) > 0)
                .ifPresent(age -> {
                    reportAt = now.plus(WHOLE_EVERY);
                    context.generations().events().overdue(shard, age);
                });
    }
}
