package dev.darkroom.core.submission;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.ratelimit.RateLimits;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A request holds its price from its acceptance until its outcome is known. */
class BudgetedSubmissionTest {

    private static final Money PRICE = new Money(40_000);
    private static final SpendLimit OF_ONE =
            new SpendLimit(BudgetScope.ofKey("0123456789abcdef"), BudgetPeriod.MONTH, PRICE);

    private final CoreFixture core = new CoreFixture();

    @Test
    void aRequestThatDoesNotFitIsRefusedBeforeAnythingIsStoredOrSent() {
        core.limits = List.of(OF_ONE);
        core.submission("a cat", Optional.empty());

        var refused = core.submission("a dog", Optional.empty());

        assertThat(refused)
                .isEqualTo(new Submission.OverBudget(
                        OF_ONE, new BudgetUse(PRICE, Money.ZERO), OF_ONE.resetsAfter(core.clock.instant())));
        assertThat(core.store.all()).hasSize(1);
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void theSameKeyIsAnsweredWithItsGenerationAlthoughTheBudgetIsUsedUp() {
        core.limits = List.of(OF_ONE);
        var first = CoreFixture.accepted(core.submission("a cat", Optional.of("key")));

        var again = core.submission("a cat", Optional.of("key"));

        assertThat(CoreFixture.accepted(again).id()).isEqualTo(first.id());
    }

    @Test
    void aBudgetThatIsUsedUpTakesNoShareOfTheRate() {
        var limited = new CoreFixture(CoreFixture.TIMEOUTS, new RateLimits(Optional.of(60), 100));
        limited.limits = List.of(OF_ONE);
        limited.submission("a cat", Optional.empty());
        limited.submission("a dog", Optional.empty());
        limited.clock.advance(Duration.ofSeconds(2));
        int before = limited.gates.writes();

        for (int i = 0; i < 5; i++) {
            assertThat(limited.submission("a dog", Optional.empty())).isInstanceOf(Submission.OverBudget.class);
        }

        assertThat(limited.gates.writes()).isEqualTo(before);
    }

    @Test
    void aBudgetThatWasRaisedIsUsedAtOnce() {
        core.limits = List.of(OF_ONE);
        core.submission("a cat", Optional.empty());
        core.submission("a dog", Optional.empty());
        core.limits = List.of(new SpendLimit(OF_ONE.scope(), OF_ONE.period(), PRICE.times(2)));

        assertThat(core.submission("a dog", Optional.empty())).isInstanceOf(Submission.Stored.class);
    }

    @Test
    void aRejectedRequestGivesItsPriceBack() {
        core.limits = List.of(OF_ONE);
        core.provider.willAnswerSubmit(new SubmitOutcome.Rejected(new Failure("provider_rejected", "no")));

        var row = CoreFixture.accepted(core.submission("a cat", Optional.empty()));

        assertThat(row.knownCost()).map(Cost::state).contains(Cost.State.RELEASED);
        assertThat(use()).isEqualTo(BudgetUse.NONE);
    }

    @Test
    void anUnknownOutcomeKeepsThePriceHeld() {
        core.limits = List.of(OF_ONE);
        core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("504"));

        var row = CoreFixture.accepted(core.submission("a cat", Optional.empty()));

        assertThat(row.state()).isInstanceOf(State.Unconfirmed.class);
        assertThat(row.knownCost()).map(Cost::state).contains(Cost.State.HELD);
        assertThat(use()).isEqualTo(new BudgetUse(PRICE, Money.ZERO));
    }

    @Test
    void aQueuedRequestHoldsItsPriceAndACancellationGivesItBack() {
        var queueing = new CoreFixture(CoreFixture.TIMEOUTS, new RateLimits(Optional.of(1), 10));
        queueing.limits = List.of(new SpendLimit(OF_ONE.scope(), OF_ONE.period(), PRICE.times(2)));
        queueing.submission("a cat", Optional.empty());
        var queued = CoreFixture.accepted(queueing.submission("a dog", Optional.empty()));
        var whileQueued = queueing.store.budgets().use(OF_ONE.windowAt(queued.createdAt()));

        queueing.cancel.cancel(queued.id(), CoreFixture.OWNER);

        assertThat(whileQueued.committed()).isEqualTo(PRICE.times(2));
        assertThat(queueing.store
                        .budgets()
                        .use(OF_ONE.windowAt(queued.createdAt()))
                        .committed())
                .isEqualTo(PRICE);
    }

    @Test
    void withoutALimitARequestHasItsPriceAndCountsNowhere() {
        var row = CoreFixture.accepted(core.submission("a cat", Optional.empty()));

        assertThat(row.knownCost()).map(Cost::amount).contains(PRICE);
        assertThat(row.knownCost().orElseThrow().windows()).isEmpty();
    }

    @Test
    void whereALimitAppliesAModelWithoutAPriceIsRefused() {
        var unpriced = new CoreFixture(CoreFixture.TIMEOUTS, CoreFixture.UNLIMITED, new WithoutPrices());
        unpriced.limits = List.of(OF_ONE);

        var refused = unpriced.submission("a cat", Optional.empty());

        assertThat(refused).isEqualTo(new Submission.Unpriced(new ModelId(CoreFixture.MODEL)));
        assertThat(unpriced.store.all()).isEmpty();
        assertThat(unpriced.provider.submissions()).isEmpty();
    }

    @Test
    void withoutALimitAModelWithoutAPriceIsDrawn() {
        var unpriced = new CoreFixture(CoreFixture.TIMEOUTS, CoreFixture.UNLIMITED, new WithoutPrices());

        var row = CoreFixture.accepted(unpriced.submission("a cat", Optional.empty()));

        assertThat(row.knownCost()).isEmpty();
    }

    @Test
    void requestsOverTheTurnOfTheMonthCountOnceInTheWindowOfTheirAcceptance() {
        core.limits = List.of(OF_ONE);
        core.clock.set(Instant.parse("2026-11-30T23:59:59.999Z"));
        var november = CoreFixture.accepted(core.submission("a cat", Optional.empty()));
        core.clock.advance(Duration.ofMillis(1));
        var december = CoreFixture.accepted(core.submission("a dog", Optional.empty()));
        core.clock.advance(Duration.ofMinutes(1));

        core.advance.advance(november);
        core.advance.advance(december);

        assertThat(core.store.all()).extracting(Generation::state).hasOnlyElementsOfType(State.Completed.class);
        assertThat(useAt(november.createdAt())).isEqualTo(new BudgetUse(PRICE, PRICE));
        assertThat(useAt(december.createdAt())).isEqualTo(new BudgetUse(PRICE, PRICE));
    }

    @Test
    void aReleaseAfterMidnightMakesRoomInTheDayOfTheAcceptanceOnly() {
        var ofDay = new SpendLimit(OF_ONE.scope(), BudgetPeriod.DAY, PRICE);
        var queueing = new CoreFixture(CoreFixture.TIMEOUTS, new RateLimits(Optional.of(1), 10));
        queueing.limits = List.of(new SpendLimit(ofDay.scope(), ofDay.period(), PRICE.times(2)));
        queueing.clock.set(Instant.parse("2026-11-26T23:59:59.998Z"));
        queueing.submission("a cat", Optional.empty());
        var queued = CoreFixture.accepted(queueing.submission("a dog", Optional.empty()));
        queueing.clock.advance(Duration.ofMillis(2));
        CoreFixture.accepted(queueing.submission("a bird", Optional.empty()));

        queueing.cancel.cancel(queued.id(), CoreFixture.OWNER);

        var budgets = queueing.store.budgets();
        assertThat(budgets.use(ofDay.windowAt(queued.createdAt())).committed()).isEqualTo(PRICE);
        assertThat(budgets.use(ofDay.windowAt(queueing.clock.instant())).committed())
                .isEqualTo(PRICE);
    }

    /** Else the caller would wait for the end of the next day. */
    @Test
    void aRefusalBeforeMidnightThatIsAnsweredAfterItNamesThatMidnight() {
        var ofDay = new SpendLimit(OF_ONE.scope(), BudgetPeriod.DAY, PRICE);
        core.limits = List.of(ofDay);
        core.clock.set(Instant.parse("2026-11-26T23:59:59.900Z"));
        core.submission("a cat", Optional.empty());
        core.store.beforeCreate(() -> core.clock.advance(Duration.ofMillis(200)));

        var refused = core.submission("a dog", Optional.empty());

        assertThat(refused)
                .isEqualTo(new Submission.OverBudget(
                        ofDay, new BudgetUse(PRICE, Money.ZERO), Optional.of(Instant.parse("2026-11-27T00:00:00Z"))));
    }

    private BudgetUse useAt(Instant time) {
        return core.store.budgets().use(OF_ONE.windowAt(time));
    }

    private BudgetUse use() {
        return core.store.budgets().use(OF_ONE.windowAt(core.clock.instant()));
    }

    private record WithoutPrices() implements ModelCatalogue {
        @Override
        public Optional<Model> find(ModelId id) {
            return Optional.of(new Unpriced(id));
        }

        @Override
        public Collection<ModelId> ids() {
            return List.of(new ModelId(CoreFixture.MODEL));
        }
    }

    private record Unpriced(ModelId id) implements Model {
        @Override
        public ProviderId provider() {
            return CoreFixture.PROVIDER;
        }

        @Override
        public String upstreamPath() {
            return id.value();
        }

        @Override
        public Validation validate(String body) {
            return new Validation.Valid(body);
        }

        @Override
        public int images(String input) {
            return 1;
        }
    }
}
