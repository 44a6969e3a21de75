package dev.darkroom.core.budget;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds the limits that apply to a request. */
@FunctionalInterface
public interface SpendLimits {

    /** No limit applies to any request. */
    SpendLimits NONE = _ -> List.of();

    /**
     * The limits on a request, that of its key first. Throws {@link StoreUnavailableException} when the key has to be
     * read and the store does not answer.
     *
     * @param key the API key that the request was sent with; empty for one of a workflow
     */
    List<SpendLimit> of(Optional<ApiKeyId> key);

    /**
     * A limit without room for a price.
     *
     * @param use what counts in its window already
     * @param at when the request was refused, which decides the window: the answer may be made after its end
     */
    record Exceeded(SpendLimit limit, BudgetUse use, Instant at) {

        BudgetWindow window() {
            return limit.windowAt(at);
        }

        /** When the window ends; empty when it never does. */
        public Optional<Instant> resetsAt() {
            return limit.resetsAfter(at);
        }
    }

    /**
     * A limit that certainly has no room for the price. Empty when the write that holds the price has to decide, which
     * is so until a limit has refused a request. It never throws.
     */
    default Optional<Exceeded> exceeded(List<SpendLimit> limits, Money price) {
        return Optional.empty();
    }

    /** The write that holds a price was refused by this limit. It never throws. */
    default void refused(Exceeded refusal) {}

    /**
     * A request was accepted under these limits, so that their counters have changed. It never throws.
     *
     * @param price what the request holds
     * @param at the time that decides its windows
     */
    default void accepted(List<SpendLimit> limits, Money price, Instant at) {}
}
