package dev.darkroom.core.store;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Stores generations. Every write is conditional. Each method throws {@link StoreUnavailableException} when the store
 * could not be reached or did not answer; such a write may or may not have happened. A stored row that cannot be read
 * throws {@link UnreadableRowException}.
 */
public interface GenerationStore {

    /** Stores a new row that no limit applies to, unless one with its id exists. */
    default Creation create(Generation generation) {
        return create(generation, List.of());
    }

    /**
     * Stores a new row unless one with its id exists, and holds its price in the same write. Nothing is stored where
     * the price does not fit into a limit.
     *
     * @param limits those of the windows in which the row's cost counts, in the same order
     */
    Creation create(Generation generation, List<SpendLimit> limits);

    /**
     * Replaces the version before {@code next} with {@code next}; writes nothing if another writer was first. The
     * version that settles the cost changes the counters of its windows in the same write, here and in {@link
     * #writeAll}.
     */
    Update update(Generation next);

    /**
     * Writes all of these rows or none: a row of version 1 must be new, any other replaces the version before it.
     *
     * @param rows from 1 to 100, each once
     * @return false when another writer was first, so that nothing was written; true also when these are stored already
     */
    boolean writeAll(List<Generation> rows);

    /** The row that has claimed the prediction. */
    Optional<GenerationId> claimedBy(ProviderId provider, PredictionId prediction);

    /**
     * Claims a prediction for a row, so that no other row has it.
     *
     * @param from the row that loses the prediction; empty when no row has it
     * @return false when another row has it by now; true also when this row has it already
     */
    boolean claimPrediction(PredictionClaim claim, Optional<GenerationId> from);

    /** The row with this id, as the last finished write left it. */
    Optional<Generation> find(GenerationId id);

    /**
     * The rows of a shard that are due from {@code from} to {@code until}, both included, earliest first, {@code limit}
     * at most. A row written a moment ago may be missing, and one that is no longer due may still be listed.
     *
     * @param after where an earlier page of the same listing ended; empty for the first
     */
    Page findDue(Shard shard, Instant from, Instant until, Optional<Cursor> after, int limit);

    /**
     * The queued rows of a provider, the lowest round first, {@code limit} at most; as up to date as {@link #findDue}.
     */
    Page findQueued(ProviderId provider, Optional<Cursor> after, int limit);

    /** The claim of a row to a prediction. Ids of predictions are unique only for one provider. */
    record PredictionClaim(ProviderId provider, PredictionId prediction, GenerationId row) {

        /**
         * How long a claim is stored: longer than any provider shows a prediction ({@code Environment.LONGEST_HISTORY}),
         * so that no other row can find it, and while its day can be compared with the bill.
         */
        public static final Duration KEPT = Duration.ofDays(33);
    }

    /** An entry of the index; {@code dueAt} means nothing for a queued row. */
    record DueRow(GenerationId id, Instant dueAt) {}

    /** Where a page ended; the store's own notation. */
    record Cursor(String id, String position) {}

    /**
     * A page of the index, without the entries that cannot be read.
     *
     * @param unreadable the keys of the entries that cannot be read
     * @param next where the page ended; empty when no other follows
     */
    record Page(List<DueRow> rows, List<String> unreadable, Optional<Cursor> next) {
        public Page {
            rows = List.copyOf(rows);
            unreadable = List.copyOf(unreadable);
        }
    }

    /** The result of {@link #create}. */
    sealed interface Creation {
        record Created() implements Creation {}

        record Exists(Generation existing) implements Creation {}

        /** Nothing is stored: the price does not fit into {@code limit}, in whose window {@code use} counts already. */
        record OverBudget(SpendLimit limit, BudgetUse use) implements Creation {}
    }

    /** The result of {@link #update}. */
    sealed interface Update {
        record Written() implements Update {}

        /** Another writer was first; {@code current} is the stored row. */
        record Conflict(Generation current) implements Update {}
    }
}
