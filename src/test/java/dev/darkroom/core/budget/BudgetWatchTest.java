package dev.darkroom.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.InMemoryApiKeys;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BudgetWatchTest {

    private static final Money PRICE = new Money(40_000);

    private final CoreFixture core = new CoreFixture();
    private final InMemoryApiKeys keys = new InMemoryApiKeys();
    private final BudgetWatch watch = new BudgetWatch(core.store.budgets(), core.events, core.clock);
    private final RefusedLimits refusals = new RefusedLimits(core.store.budgets(), core.clock);
    private final SpendLimit limit =
            new SpendLimit(BudgetScope.shared("team"), BudgetPeriod.DAY, PRICE.times(10), Optional.of(PRICE.times(2)));

    @Test
    void aSoftLimitIsReportedOncePerWindow() {
        for (int request = 0; request < 4; request++) {
            accepted();
        }

        assertThat(core.events.softBudgets()).containsExactly(limit.windowAt(core.clock.instant()));
    }

    @Test
    void theNextWindowIsReportedAgain() {
        accepted();
        accepted();
        core.clock.advance(Duration.ofDays(1));

        accepted();
        accepted();

        assertThat(core.events.softBudgets()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aSecondProcessReportsNothingTwice() {
        accepted();
        accepted();
        var other = new BudgetWatch(core.store.budgets(), core.events, core.clock);

        other.accepted(List.of(limit));

        assertThat(core.events.softBudgets()).hasSize(1);
    }

    @Test
    void aCounterIsReadEveryFiveSecondsAtMost() {
        watch.accepted(List.of(limit));
        watch.accepted(List.of(limit));

        assertThat(core.events.observedBudgets()).hasSize(1);
    }

    @Test
    void theLimitOfTheKeyComesBeforeThatOfTheDeployment() {
        var key = ApiKey.of(new byte[ApiKey.BYTES]).digest();
        var budget = new KeyBudget(Optional.of(PRICE), BudgetPeriod.MONTH, Optional.empty(), Optional.empty());
        keys.add(new ApiKeyRecord(key, CoreFixture.OWNER, core.clock.instant(), false, budget));
        var limits = new ConfiguredLimits(this::budgetOf, Optional.of(PRICE.times(100)), watch, refusals);

        var found = limits.of(Optional.of(key.id()));

        assertThat(found)
                .containsExactly(
                        new SpendLimit(BudgetScope.ofKey(key.id().value()), BudgetPeriod.MONTH, PRICE),
                        new SpendLimit(
                                BudgetScope.DEPLOYMENT,
                                BudgetPeriod.DAY,
                                PRICE.times(100),
                                Optional.of(PRICE.times(80))));
    }

    @Test
    void withoutBudgetsThereAreNoLimits() {
        assertThat(new ConfiguredLimits(this::budgetOf, Optional.empty(), watch, refusals).of(Optional.empty()))
                .isEmpty();
    }

    private Optional<KeyBudget> budgetOf(ApiKeyId id) {
        return keys.find(id).map(ApiKeyRecord::budget);
    }

    private void accepted() {
        core.limits = List.of(limit);
        core.submission("a cat", Optional.empty());
        watch.accepted(List.of(limit));
        core.clock.advance(Duration.ofSeconds(6));
    }
}
