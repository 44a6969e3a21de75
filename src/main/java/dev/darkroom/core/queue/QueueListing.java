package dev.darkroom.core.queue;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.Cursor;
import dev.darkroom.core.store.GenerationStore.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Lists the queue of a provider: its head each time, and further pages only while no known row may be submitted. */
final class QueueListing {

    /** How many entries a page has, at most. */
    private static final int PAGE = 200;

    /** How often the queue is listed to its end while no known row may be submitted. */
    private static final Duration START_OVER = Duration.ofSeconds(10);

    private final ProviderId provider;
    private final GenerationContext context;
    private Optional<Cursor> cursor = Optional.empty();
    private Instant startOverAt = Instant.MIN;

    QueueListing(ProviderId provider, GenerationContext context) {
        this.provider = provider;
        this.context = context;
    }

    boolean isEmpty() {
        var head = page(Optional.empty(), 1);
        return head.rows().isEmpty() && head.next().isEmpty();
    }

    /** Passes each entry to {@code found}; goes on beyond the head while {@code wantsMore} is true. */
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

    /** Whether there are pages that were not listed yet. */
    boolean hasMore() {
        return cursor.isPresent();
    }

    private Page page(Optional<Cursor> after, int limit) {
        var page = context.store().findQueued(provider, after, limit);
        page.unreadable().forEach(context.listener()::rowUnreadable);
        return page;
    }
}
