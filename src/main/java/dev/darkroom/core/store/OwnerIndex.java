package dev.darkroom.core.store;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Lists the generations of an owner. Each method throws {@link StoreUnavailableException} when the store could not be
 * reached or did not answer.
 */
public interface OwnerIndex {

    /**
     * The owner's entries in a span, newest first, {@code limit} at most. A row written a moment ago may be missing. An
     * entry may be listed although its row was deleted a moment ago or does not exist any more.
     *
     * @param after the entry after which the listing goes on, whether it still exists or not; empty for the newest
     * @param limit 1 or more
     */
    List<Entry> entries(Owner owner, Span span, Optional<Entry> after, int limit);

    /** The last of the next {@code count} entries of such a list; empty when there are not as many. */
    default Optional<Entry> skip(Owner owner, Span span, Optional<Entry> after, int count) {
        var skipped = entries(owner, span, after, count);
        return skipped.size() == count ? Optional.of(skipped.getLast()) : Optional.empty();
    }

    /** The rows with these ids, 100 at most, as the last finished write left them. Their order means nothing. */
    Rows rows(List<GenerationId> ids);

    /** An entry of the index; entries of one millisecond have a fixed order. */
    record Entry(Instant createdAt, GenerationId id) {}

    /** The times of creation from {@code from} to {@code until}, both included, in milliseconds. */
    record Span(Instant from, Instant until) {

        public static final Span ALL = new Span(Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE));

        public boolean isEmpty() {
            return from.isAfter(until);
        }
    }

    /**
     * The rows that exist.
     *
     * @param unreadable the ids of those that cannot be read, as stored
     */
    record Rows(List<Generation> readable, List<String> unreadable) {
        public Rows {
            readable = List.copyOf(readable);
            unreadable = List.copyOf(unreadable);
        }
    }
}
