package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.Shard;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps generations. Every write is conditional. Each method throws {@link StoreUnavailableException} when the store
 * could not be asked or did not answer; a write that ended so may or may not have happened. A row that is stored but cannot be
 * read is an {@link UnreadableRowException}.
 */
public interface GenerationStore {

    /** Stores a new row unless one with its id exists. */
    Creation create(Generation generation);

    /** Replaces the row's version before {@code next} by {@code next}; writes nothing if the row has moved on. */
    Update update(Generation next);

    /** The row that took the prediction. */
    Optional<GenerationId> holder(PredictionId prediction);

    /**
     * Takes the prediction for a row, so that no other row has it.
     *
     * @param from the row that it is taken from; empty when none has it
     * @return false when another row has it by now; true also when it is this row's already
     */
    boolean take(PredictionId prediction, GenerationId row, Optional<GenerationId> from);

    /** The row with this id, as the last finished write left it. */
    Optional<Generation> find(GenerationId id);

    /**
     * The rows of a shard that are due from {@code from} to {@code until}, both included, earliest first, {@code limit} at
     * most. A row written a moment ago may be missing, and one that is no longer due may still be listed.
     *
     * @param after where an earlier page of the same listing ended; empty for the first
     */
    Page due(Shard shard, Instant from, Instant until, Optional<Cursor> after, int limit);

    /** The rows in the queue, the lowest round first, {@code limit} at most; as of late as {@link #due}. */
    Page queued(Optional<Cursor> after, int limit);

    /** An entry of the index; of a row in the queue {@code dueAt} says nothing. */
    record DueRow(GenerationId id, Instant dueAt) {}

    /** Where a page ended; the store's own notation. */
    record Cursor(String id, String position) {}

    /**
     * A part of the index. Entries that cannot be read are passed over.
     *
     * @param unreadable the keys of those
     * @param next where it ended; empty when nothing follows
     */
    record Page(List<DueRow> rows, List<String> unreadable, Optional<Cursor> next) {
        public Page {
            rows = List.copyOf(rows);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** What became of {@link #create}. */
    sealed interface Creation {
        record Created() implements Creation {}

        record Exists(Generation existing) implements Creation {}
    }

    /** What became of {@link #update}. */
    sealed interface Update {
        record Written() implements Update {}

        /** Somebody else was first; {@code current} is what the row is now. */
        record Conflict(Generation current) implements Update {}
    }
}
