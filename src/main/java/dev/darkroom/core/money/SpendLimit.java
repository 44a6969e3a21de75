package dev.darkroom.core.money;

import java.time.Instant;
import java.util.Optional;

/**
 * The most that may be held and spent together in one window.
 *
 * @param soft from this amount on a warning is reported, once per window; empty for none
 */
public record SpendLimit(BudgetScope scope, BudgetPeriod period, Money max, Optional<Money> soft) {

    /** A limit without a warning. */
    public SpendLimit(BudgetScope scope, BudgetPeriod period, Money max) {
        this(scope, period, max, Optional.empty());
    }

    /** The window of a request that is accepted at this time. */
    public BudgetWindow windowAt(Instant time) {
        return BudgetWindow.at(time, scope, period);
    }

    /** When the window that contains the time ends; empty when it never does. */
    public Optional<Instant> resetsAfter(Instant time) {
        return period.endAfter(time);
    }
}
