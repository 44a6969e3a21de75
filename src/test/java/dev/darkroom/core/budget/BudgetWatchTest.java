package dev.darkroom.core.budget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.InMemoryApiKeys;
import dev.darkroom.core.account.ApiKey;
import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.account.ApiKeyRecord;
import dev.darkroom.core.budget.SpendLimits.Exceeded;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.StoreUnavailableException;
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
    private int rows;

    @Test
    void aSoftLimitIsReportedOncePerWindow() {
        for (int request = 0; request < 4; request++) {
            submitted();
            core.clock.advance(Duration.ofSeconds(6));
        }

        assertThat(core.events.softBudgets()).containsExactly(window());
    }

    /** It may be the last request for a long time. */
    @Test
    void theAcceptanceThatReachesTheSoftLimitReportsIt() {
        submitted();
        assertThat(core.events.softBudgets()).isEmpty();

        submitted();

        assertThat(core.events.softBudgets()).containsExactly(window());
    }

    @Test
    void aBurstIsReportedOnceAndReadsTheCounterTwice() {
        for (int request = 0; request < 10; request++) {
            submitted();
        }

        assertThat(core.events.softBudgets()).containsExactly(window());
        assertThat(core.events.observedBudgets()).containsExactly(PRICE, PRICE.times(2));
    }

    @Test
    void aRefusalReportsWhatOtherProcessesHaveAccepted() {
        submitted();
        acceptedElsewhere(9);

        assertThat(submitted()).isInstanceOf(Submission.OverBudget.class);

        assertThat(core.events.softBudgets()).containsExactly(window());
    }

    @Test
    void aRefusalWithoutAWriteReportsItAsWell() {
        var limits = new ConfiguredLimits(this::budgetOf, Optional.empty(), watch, refusals);
        limits.refused(new Exceeded(limit, BudgetUse.NONE, core.clock.instant()));
        acceptedElsewhere(10);

        assertThat(limits.exceeded(List.of(limit), PRICE)).isPresent();

        assertThat(core.events.softBudgets()).containsExactly(window());
    }

    @Test
    void refusalsObserveTheCounterEveryFiveSecondsAtMost() {
        acceptedElsewhere(10);
        for (int request = 0; request < 5; request++) {
            submitted();
        }

        assertThat(core.events.observedBudgets()).containsExactly(PRICE.times(10));
    }

    @Test
    void whatOtherProcessesHaveAcceptedIsReportedAfterFiveSeconds() {
        submitted();
        acceptedElsewhere(5);
        core.clock.advance(Duration.ofSeconds(5));

        submitted();

        assertThat(core.events.softBudgets()).containsExactly(window());
    }

    @Test
    void theNextWindowIsReportedAgain() {
        submitted();
        submitted();
        core.clock.advance(Duration.ofDays(1));

        submitted();
        submitted();

        assertThat(core.events.softBudgets()).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aRequestIsObservedInTheWindowOfItsAcceptance() {
        var accepted = core.clock.instant();
        acceptedElsewhere(2);
        core.clock.advance(Duration.ofDays(1));

        watch.accepted(List.of(limit), PRICE, accepted);

        assertThat(core.events.softBudgets()).containsExactly(limit.windowAt(accepted));
    }

    @Test
    void aSecondProcessReportsNothingTwice() {
        submitted();
        submitted();

        watch.accepted(List.of(limit), PRICE, core.clock.instant());

        assertThat(core.events.softBudgets()).hasSize(1);
    }

    /** A process that ends between the report and the mark is like it: a second warning is better than none. */
    @Test
    void aProcessThatCannotMarkItsReportLeavesItToAnother() {
        acceptedElsewhere(2);
        var dying = new BudgetWatch(new WithoutMarks(core.store.budgets()), core.events, core.clock);
        dying.accepted(List.of(limit), PRICE, core.clock.instant());
        core.clock.advance(Duration.ofSeconds(5));
        dying.accepted(List.of(limit), PRICE, core.clock.instant());
        assertThat(core.events.softBudgets()).hasSize(1);

        watch.accepted(List.of(limit), PRICE, core.clock.instant());

        assertThat(core.events.softBudgets()).hasSize(2);
    }

    @Test
    void aCounterIsReadEveryFiveSecondsAtMost() {
        watch.accepted(List.of(limit), PRICE, core.clock.instant());
        watch.accepted(List.of(limit), PRICE, core.clock.instant());

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

    private BudgetWindow window() {
        return limit.windowAt(core.clock.instant());
    }

    private Submission submitted() {
        core.limits = List.of(limit);
        return core.submission("a cat", Optional.empty());
    }

    /** Requests that this process knows nothing about. */
    private void acceptedElsewhere(int count) {
        for (int request = 0; request < count; request++) {
            var asked = new GenerationRequest(new ModelId(CoreFixture.MODEL), CoreFixture.PROVIDER, "{}");
            var id = new GenerationId("f%031x".formatted(++rows));
            core.store.create(
                    Generation.queued(id, CoreFixture.OWNER, asked, core.clock.instant(), 1)
                            .costing(Cost.held(PRICE, 1, List.of(window()), 1)),
                    List.of(limit));
        }
    }

    /** The row is stored by then, so its caller must get its id. */
    @Test
    void aCounterThatIsNoNumberFailsNoAcceptance() {
        var spoilt = new BudgetWatch(new Spoilt(), core.events, core.clock);

        spoilt.accepted(List.of(limit), PRICE, core.clock.instant());

        assertThat(core.events.observedBudgets()).isEmpty();
    }

    private record Spoilt() implements Budgets {

        @Override
        public BudgetUse use(BudgetWindow window) {
            throw new StoreRefusedException("no number", new NumberFormatException());
        }

        @Override
        public boolean isReported(BudgetWindow window) {
            return false;
        }

        @Override
        public void markReported(BudgetWindow window) {}
    }

    private record WithoutMarks(Budgets budgets) implements Budgets {

        @Override
        public BudgetUse use(BudgetWindow window) {
            return budgets.use(window);
        }

        @Override
        public boolean isReported(BudgetWindow window) {
            return budgets.isReported(window);
        }

        @Override
        public void markReported(BudgetWindow window) {
            throw new StoreUnavailableException("gone", new IllegalStateException());
        }
    }
}
