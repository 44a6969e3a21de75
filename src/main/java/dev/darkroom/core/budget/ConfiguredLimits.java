package dev.darkroom.core.budget;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The limit of the request's key, and that of the whole deployment.
 *
 * The whole deployment warns at 80 % of its limit.
 *
 * @param budgets the budget of an API key; empty for a key that does not exist
 * @param perDay what all requests of a day may cost (UTC); empty when the deployment has no limit
 */
public record ConfiguredLimits(
        Function<ApiKeyId, Optional<KeyBudget>> budgets,
        Optional<Money> perDay,
        BudgetWatch watch,
        RefusedLimits refusals)
        implements SpendLimits {

    private static final int WARNING_PERCENT = 80;

    @Override
    public List<SpendLimit> of(Optional<ApiKeyId> key) {
        var ofKey = key.flatMap(id -> budgets.apply(id).flatMap(budget -> budget.limit(id.value())));
        return Stream.concat(ofKey.stream(), deployment().stream()).toList();
    }

    /** The limit of the whole deployment, if it has one. */
    public Optional<SpendLimit> deployment() {
        return perDay.map(max -> new SpendLimit(
                BudgetScope.DEPLOYMENT, BudgetPeriod.DAY, max, Optional.of(max.share(WARNING_PERCENT, 100))));
    }

    @Override
    public Optional<Exceeded> exceeded(List<SpendLimit> limits, Money price) {
        var exceeded = refusals.stillExceeded(limits, price);
        exceeded.ifPresent(watch::refused);
        return exceeded;
    }

    @Override
    public void refused(Exceeded refusal) {
        refusals.refused(refusal);
        watch.refused(refusal);
    }

    @Override
    public void accepted(List<SpendLimit> limits, Money price, Instant at) {
        watch.accepted(limits, price, at);
    }
}
