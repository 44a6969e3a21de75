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
 * could not be asked or did not answer; a write that ended so may or may not have happened.
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
     */
    List<DueRow> due(Shard shard, Instant from, Instant until, int limit);

    /** All that are due at or before {@code until}. */
    default List<DueRow> due(Shard shard, Instant until, int limit) {
        return due(shard, Instant.EPOCH, until, limit);
    }

    /** The rows that wait for their turn, the earliest turn first, {@code limit} at most; as of late as {@link #due}. */
    List<GenerationId> queued(int limit);

    /** How many rows are due at or before {@code until}; as of late as {@link #due}. */
    int countDue(Instant until);

    /** An entry of the index of due rows. */
    record DueRow(GenerationId id, Instant dueAt) {}

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
