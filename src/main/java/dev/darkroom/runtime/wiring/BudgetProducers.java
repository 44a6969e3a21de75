package dev.darkroom.runtime.wiring;

import dev.darkroom.core.account.AuthenticateApiKey;
import dev.darkroom.core.budget.BudgetWatch;
import dev.darkroom.core.budget.Budgets;
import dev.darkroom.core.budget.ConfiguredLimits;
import dev.darkroom.core.budget.RefusedLimits;
import dev.darkroom.core.budget.SpendLimits;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.store.GenerationListener;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.Optional;

/** Makes the limits on what requests may cost. */
class BudgetProducers {

    @Produces
    @Singleton
    SpendLimits spendLimits(
            AuthenticateApiKey keys,
            Budgets budgets,
            BudgetConfig config,
            GenerationListener listener,
            InstantSource clock) {
        var perDay = Money.parse(config.maxPerDay())
                .orElseThrow(() -> new IllegalArgumentException(
                        "darkroom.budget.max-per-day must be dollars, with six decimals at most"));
        var limit = Optional.of(perDay).filter(max -> max.compareTo(Money.ZERO) > 0);
        return new ConfiguredLimits(
                keys::budgetOf, limit, new BudgetWatch(budgets, listener, clock), new RefusedLimits(budgets, clock));
    }
}
