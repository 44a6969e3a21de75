package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Cursor;
import dev.darkroom.application.GenerationStore.Page;
import dev.darkroom.domain.GenerationId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Lists the queue: its head each time, and further pages only while nothing that is known may be submitted. */
final class QueueListing {

    /** So many entries are listed at once. */
    private static final int PAGE = 200;

    /** How often the queue is listed to its end while nothing that is known may be submitted. */
    private static final Duration START_OVER = Duration.ofSeconds(10);

    private final GenerationContext context;
    private Optional<Cursor> cursor = Optional.empty();
    private Instant startOverAt = Instant.MIN;

    QueueListing(GenerationContext context) {
        this.context = context;
    }

    boolean isEmpty() {
        var head = page(Optional.empty(), 1);
        return head.rows().isEmpty() && head.next().isEmpty();
    }

    /** Gives each entry to {@code found}; goes on beyond the head as long as {@code wantsMore}. */
    void list(Consumer<GenerationId> found, BooleanSupplier wantsMore) {
        var head = page(Optional.empty(), PAGE);
        head.rows().forEach(row -> found.accept(row.id()));
        if (cursor.isEmpty() && !context.now().isBefore(startOverAt)) {
            cursor = head.next();
            startOverAt = context.now().plus(START_OVER);
        }
        while (cursor.isPresent() && wantsMore.getAsBoolean()) {
            var more = page(cursor, PAGE);
            more.rows().forEach(row -> found.accept(row.id()));
            cursor = more.next();
        }
    }

    /** Whether pages are left that were not listed. */
    boolean hasMore() {
        return cursor.isPresent();
    }

    private Page page(Optional<Cursor> after, int limit) {
        var page = context.store().queued(after, limit);
        page.unreadable().forEach(context.events()::rowUnreadable);
        return page;
    }
}
