package dev.darkroom.core.budget;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Reads how much of each limit is left. */
public final class RemainingBudgets {

    private final SpendLimits limits;
    private final Budgets budgets;
    private final InstantSource clock;

    public RemainingBudgets(SpendLimits limits, Budgets budgets, InstantSource clock) {
        this.limits = limits;
        this.budgets = budgets;
        this.clock = clock;
    }

    /**
     * How much of a limit is left.
     *
     * @param left what may still be spent in the window of now
     * @param resetsAt when the window ends; empty when it never does
     */
    public record BudgetLeft(SpendLimit limit, Money left, Optional<Instant> resetsAt) {}

    /**
     * The limits on a request, that of its key first. Throws {@link StoreUnavailableException} when the store does not
     * answer.
     *
     * @param key empty for a request of a workflow
     */
    public List<BudgetLeft> of(Optional<ApiKeyId> key) {
        return limits.of(key).stream().map(this::left).toList();
    }

    /**
     * What the key may still spend: the least that is left of a limit on it. Empty when the key has no limit of its
     * own. Throws {@link StoreUnavailableException} when the store does not answer.
     */
    public Optional<Money> spendable(ApiKeyId key) {
        var all = of(Optional.of(key));
        boolean isLimited =
                all.stream().anyMatch(budget -> !budget.limit().scope().isDeployment());
        return isLimited ? all.stream().map(BudgetLeft::left).min(Money::compareTo) : Optional.empty();
    }

    private BudgetLeft left(SpendLimit limit) {
        var now = clock.instant();
        var use = budgets.use(limit.windowAt(now));
        long left = limit.max().microDollars() - use.committed().microDollars();
        return new BudgetLeft(limit, new Money(Math.max(0, left)), limit.resetsAfter(now));
    }
}
