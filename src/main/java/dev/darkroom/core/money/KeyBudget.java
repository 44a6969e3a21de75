package dev.darkroom.core.money;

import java.util.Optional;

/**
 * What the requests with an API key may cost.
 *
 * @param max the limit of a window; empty when the key has none
 * @param soft from this amount on a warning is reported once per window, and nothing is refused; at
 *     most {@code max}
 * @param shared {@code <owner>/<name>} of the budget that several keys of one owner share; empty when the key has its own
 */
public record KeyBudget(Optional<Money> max, BudgetPeriod period, Optional<Money> soft, Optional<String> shared) {

    /** A key without a limit. */
    public static final KeyBudget NONE =
            new KeyBudget(Optional.empty(), BudgetPeriod.TOTAL, Optional.empty(), Optional.empty());

    public KeyBudget {
        if (shared.isPresent()) {
            BudgetScope.shared(shared.get());
        }
        if (soft.isPresent()
                && !max.filter(most -> soft.get().compareTo(most) <= 0).isPresent()) {
            throw new IllegalArgumentException("a soft budget needs a budget that is not smaller");
        }
    }

    /** Whose money is counted for the key with this id. */
    public BudgetScope scope(String keyId) {
        return shared.map(BudgetScope::shared).orElseGet(() -> BudgetScope.ofKey(keyId));
    }

    /** The limit on requests with the key; empty when it has none. */
    public Optional<SpendLimit> limit(String keyId) {
        return max.map(most -> new SpendLimit(scope(keyId), period, most, soft));
    }
}
