package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.budget.Budgets;
import dev.darkroom.core.generation.Attempt;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.Metadata;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.GenerationStore.Creation;
import dev.darkroom.core.store.GenerationStore.Update;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link GenerationStore} does to the counters of {@link Budgets}. */
abstract class BudgetContract {

    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00.123Z");
    private static final int REQUESTS = 200;
    private static final Money PRICE = new Money(40_000);
    private static final Failure FAILURE = new Failure("provider_rejected", "no");

    private final BudgetScope scope = BudgetScope.shared(unique());

    abstract GenerationStore store();

    abstract Budgets budgets();

    @Test
    void aNewRowHoldsItsPrice() {
        var row = row(limit(100_000));

        var creation = store().create(row, List.of(limit(100_000)));

        assertThat(creation).isEqualTo(new Creation.Created());
        assertThat(use()).isEqualTo(use(40_000, 0));
        assertThat(store().find(row.id())).contains(row);
    }

    @Test
    void aRowThatDoesNotFitIsNotStored() {
        store().create(row(limit(100_000)), List.of(limit(100_000)));
        store().create(row(limit(100_000)), List.of(limit(100_000)));
        var third = row(limit(100_000));

        var creation = store().create(third, List.of(limit(100_000)));

        assertThat(creation).isEqualTo(new Creation.OverBudget(limit(100_000), use(80_000, 0)));
        assertThat(store().find(third.id())).isEmpty();
        assertThat(use()).isEqualTo(use(80_000, 0));
    }

    @Test
    void aPriceThatIsTheWholeLimitFits() {
        assertThat(store().create(row(limit(40_000)), List.of(limit(40_000)))).isEqualTo(new Creation.Created());
    }

    @Test
    void aPriceAboveTheLimitOfANewWindowDoesNotFit() {
        assertThat(store().create(row(limit(39_999)), List.of(limit(39_999))))
                .isEqualTo(new Creation.OverBudget(limit(39_999), BudgetUse.NONE));
    }

    @Test
    void aRowThatFitsOnlyOneOfTwoLimitsChangesNeither() {
        var wide = new SpendLimit(BudgetScope.shared(unique()), BudgetPeriod.DAY, new Money(1_000_000));
        var row = row(wide, limit(10_000));

        var creation = store().create(row, List.of(wide, limit(10_000)));

        assertThat(creation).isEqualTo(new Creation.OverBudget(limit(10_000), BudgetUse.NONE));
        assertThat(budgets().use(wide.windowAt(NOW))).isEqualTo(BudgetUse.NONE);
    }

    @Test
    void aRepeatedCreationHoldsOnce() {
        var row = row(limit(40_000));
        store().create(row, List.of(limit(40_000)));

        var again = store().create(row, List.of(limit(40_000)));

        assertThat(again).isEqualTo(new Creation.Created());
        assertThat(use()).isEqualTo(use(40_000, 0));
    }

    /** The row was accepted before, so the limit does not matter to it. */
    @Test
    void anotherRequestForAnIdIsAnsweredWithTheRowAndNotWithTheLimit() {
        var row = row(limit(40_000));
        store().create(row, List.of(limit(40_000)));
        var other =
                Generation.queued(row.id(), row.owner(), row.request(), NOW, 7).costing(row.cost());

        var creation = store().create(other, List.of(limit(40_000)));

        assertThat(creation).isEqualTo(new Creation.Exists(row));
    }

    @Test
    void theEndSettlesInTheSameWrite() {
        var row = submitting(stored(limit(100_000)));

        var update = store().update(completed(row));

        assertThat(update).isEqualTo(new Update.Written());
        assertThat(use()).isEqualTo(use(40_000, 40_000));
        assertThat(store().find(row.id())).contains(completed(row));
    }

    @Test
    void anEndThatIsWrittenTwiceSettlesOnce() {
        var row = submitting(stored(limit(100_000)));
        store().update(completed(row));

        var again = store().update(completed(row));

        assertThat(again).isEqualTo(new Update.Written());
        assertThat(use()).isEqualTo(use(40_000, 40_000));
    }

    @Test
    void anEndThatLosesAgainstAnotherChangesNothing() {
        var row = submitting(stored(limit(100_000)));
        store().update(completed(row));

        var lost = store().update(row.rejected(FAILURE, NOW));

        assertThat(lost).isEqualTo(new Update.Conflict(completed(row)));
        assertThat(use()).isEqualTo(use(40_000, 40_000));
    }

    @Test
    void aRejectedRowGivesItsPriceBack() {
        var row = submitting(stored(limit(40_000)));

        store().update(row.rejected(FAILURE, NOW));

        assertThat(use()).isEqualTo(BudgetUse.NONE);
        assertThat(store().create(row(limit(40_000)), List.of(limit(40_000)))).isEqualTo(new Creation.Created());
    }

    @Test
    void aFailureThatMayBeBilledKeepsThePriceHeld() {
        var row = submitting(stored(limit(100_000)));

        store().update(row.failed(FAILURE, NOW));

        assertThat(use()).isEqualTo(use(40_000, 0));
    }

    @Test
    void theBillSettlesWhatIsUnconfirmed() {
        var failed = submitting(stored(limit(100_000))).failed(FAILURE, NOW);
        store().update(failed);

        store().update(failed.billed(Money.ZERO));

        assertThat(use()).isEqualTo(BudgetUse.NONE);
    }

    @Test
    void theEndCountsInTheWindowOfTheAcceptance() {
        var daily = new SpendLimit(scope, BudgetPeriod.DAY, new Money(100_000));
        var row = submitting(stored(daily));

        store().update(row.completed(new State.Completed(
                new PredictionId("p"), List.of(image()), Duration.ZERO, NOW.plus(Duration.ofDays(1)))));

        assertThat(budgets().use(daily.windowAt(NOW))).isEqualTo(use(40_000, 40_000));
        assertThat(budgets().use(daily.windowAt(NOW.plus(Duration.ofDays(1))))).isEqualTo(BudgetUse.NONE);
    }

    @Test
    void aCancelledRequestOfSeveralCallsGivesAllOfThemBack() {
        var request = new GenerationRequest(model(), provider(), "{}", 3, Metadata.NONE);
        var limit = limit(200_000);
        var row = Generation.queued(new GenerationId(unique()), new Owner("acme"), request, NOW, 1)
                .costing(Cost.held(PRICE, 1, List.of(limit.windowAt(NOW)), 3));
        store().create(row, List.of(limit));
        assertThat(use()).isEqualTo(use(120_000, 0));

        var other = new FanIn(row, List.of()).cancelled(NOW).write(store());

        assertThat(other).isEmpty();
        assertThat(use()).isEqualTo(BudgetUse.NONE);
    }

    @Test
    void aWindowStaysMarkedAsReported() {
        stored(limit(100_000));
        var window = limit(100_000).windowAt(NOW);
        assertThat(budgets().isReported(window)).isFalse();

        budgets().markReported(window);
        budgets().markReported(window);

        assertThat(budgets().isReported(window)).isTrue();
        assertThat(use()).isEqualTo(use(40_000, 0));
    }

    /** A counter that its age has removed must not come back without what it counted. */
    @Test
    void aMarkMakesNoCounter() {
        var window = limit(100_000).windowAt(NOW);

        budgets().markReported(window);

        assertThat(budgets().isReported(window)).isFalse();
    }

    /** All of them start together, and a reader looks at the counter meanwhile. */
    @Test
    void ofTwoHundredRequestsAtOnceExactlyThoseThatFitAreAccepted() throws Exception {
        var limit = limit(1_000_000);
        var start = new CountDownLatch(REQUESTS);
        var reads = new ArrayList<BudgetUse>();
        List<Creation> creations;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended = new CountDownLatch(REQUESTS);
            var requests = IntStream.range(0, REQUESTS)
                    .mapToObj(_ -> threads.submit(() -> {
                        start.countDown();
                        start.await();
                        try {
                            return createdAtLast(row(limit), limit);
                        } finally {
                            ended.countDown();
                        }
                    }))
                    .toList();
            while (ended.getCount() > 0) {
                reads.add(use());
            }
            creations = new ArrayList<>();
            for (var request : requests) {
                creations.add(request.get());
            }
        }

        assertThat(creations).filteredOn(Creation.Created.class::isInstance).hasSize(25);
        assertThat(creations).filteredOn(Creation.OverBudget.class::isInstance).hasSize(175);
        assertThat(reads)
                .isNotEmpty()
                .allSatisfy(read -> assertThat(read.committed()).isLessThanOrEqualTo(limit.max()));
        assertThat(use()).isEqualTo(use(1_000_000, 0));
    }

    /** A conflict on the counter that all of them share means "try again", and never a refusal. */
    private Creation createdAtLast(Generation row, SpendLimit limit) {
        while (true) {
            try {
                return store().create(row, List.of(limit));
            } catch (StoreUnavailableException _) {
                // The row is the same, so it holds its price once.
            }
        }
    }

    private Generation stored(SpendLimit limit) {
        var row = row(limit);
        store().create(row, List.of(limit));
        return row;
    }

    private Generation submitting(Generation queued) {
        var claimed = queued.claimed(
                new State.Submitting(new Attempt("claim", NOW, "vendor/model"), NOW.plusSeconds(30)), NOW);
        store().update(claimed);
        var processing = claimed.submitted(new PredictionId("p"), NOW, NOW);
        store().update(processing);
        return processing;
    }

    private static Generation completed(Generation row) {
        return row.completed(new State.Completed(new PredictionId("p"), List.of(image()), Duration.ZERO, NOW));
    }

    private static Output image() {
        return new Output("https://example.org/1.png", false);
    }

    private Generation row(SpendLimit... limits) {
        var windows = List.of(limits).stream().map(limit -> limit.windowAt(NOW)).toList();
        var request = new GenerationRequest(model(), provider(), "{}");
        return Generation.queued(new GenerationId(unique()), new Owner("acme"), request, NOW, 1)
                .costing(Cost.held(PRICE, 1, windows, 1));
    }

    private SpendLimit limit(long microDollars) {
        return new SpendLimit(scope, BudgetPeriod.TOTAL, new Money(microDollars));
    }

    private BudgetUse use() {
        return budgets().use(limit(1).windowAt(NOW));
    }

    private static BudgetUse use(long committed, long spent) {
        return new BudgetUse(new Money(committed), new Money(spent));
    }

    private static ModelId model() {
        return new ModelId("vendor/model");
    }

    private static ProviderId provider() {
        return new ProviderId("vendor");
    }

    private static String unique() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
