package dev.darkroom.core.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.InMemoryApiKeys;
import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.account.Owner;
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
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationStore.PredictionClaim;
import dev.darkroom.http.TestCallers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StoredLedgerTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-26");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-26T00:00:00Z");
    private static final Instant LAST_MOMENT = Instant.parse("2026-11-26T23:59:59.999Z");
    private static final Owner ACME = new Owner(TestCallers.ACME);
    private static final Money PRICE = new Money(40_000);

    private static final SpendLimit LIMIT =
            new SpendLimit(BudgetScope.DEPLOYMENT, BudgetPeriod.DAY, new Money(1_000_000_000_000L));

    private final InMemoryGenerationStore store = new InMemoryGenerationStore(1);
    private final InMemoryApiKeys keys = TestCallers.keys();
    private final Ledger ledger = StoredLedger.ofAll(store, store, store.usage(), keys);
    private int rows;

    @Test
    void theRowsOfADayAreThoseThatWereAcceptedOnIt() {
        completed(ACME, MIDNIGHT, "first");
        completed(ACME, LAST_MOMENT, "last");
        completed(ACME, MIDNIGHT.minusMillis(1), "before");
        completed(ACME, LAST_MOMENT.plusMillis(1), "after");

        assertThat(predictions()).containsExactlyInAnyOrder("first", "last");
    }

    @Test
    void anOwnerWithoutAKeyIsFoundByItsUsage() {
        completed(new Owner("workflow"), MIDNIGHT, "p1");

        assertThat(predictions()).containsExactly("p1");
    }

    @Test
    void anOwnerWithoutAKeyWhoseOnlyRowMayBeBilledIsFound() {
        var row = submitted(queued(new Owner("workflow"), MIDNIGHT, 1), "p1");
        store.update(row.failed(new Failure("code", "text"), LAST_MOMENT));

        assertThat(StoredLedger.ofCounted(store, store, store.usage())
                        .acceptedOn(DAY, FakeBill.PROVIDER)
                        .entries())
                .extracting(LedgerEntry::prediction)
                .containsExactly(new PredictionId("p1"));
    }

    @Test
    void aDeletedRowIsFoundUntilItIsSettled() {
        var row = submitted(queued(ACME, MIDNIGHT, 1), "p1");
        var failed = row.failed(new Failure("code", "text"), LAST_MOMENT);
        store.update(failed);
        store.update(failed.deleted(LAST_MOMENT));

        assertThat(predictions()).containsExactly("p1");

        assertThat(settle(row, Money.ZERO)).isTrue();
        assertThat(predictions()).isEmpty();
    }

    /** Its generation is in no list any more, because that is settled. */
    @Test
    void aDeletedCopyIsFoundUntilItIsSettled() {
        var row = queued(ACME, MIDNIGHT, 2);
        store.create(row, List.of(LIMIT));
        var original = complete(row, "original");
        var copy = row.copy(1, 1);
        store.create(copy, List.of());
        var failed = submittedAfterCreation(copy, "copy").failed(new Failure("code", "text"), LAST_MOMENT);
        store.update(failed);
        new FanIn(original, List.of(failed)).deleted(LAST_MOMENT).write(store);

        assertThat(predictions()).containsExactly("copy");

        assertThat(settle(failed, Money.ZERO)).isTrue();
        assertThat(predictions()).isEmpty();
    }

    @Test
    void aDeletedGenerationAndItsCopyAreFoundOnce() {
        var row = submitted(queued(ACME, MIDNIGHT, 2), "original");
        var original = row.failed(new Failure("code", "text"), LAST_MOMENT);
        store.update(original);
        var copy = row.copy(1, 1);
        store.create(copy, List.of());
        var failed = submittedAfterCreation(copy, "copy").failed(new Failure("code", "text"), LAST_MOMENT);
        store.update(failed);
        new FanIn(original, List.of(failed)).deleted(LAST_MOMENT).write(store);

        assertThat(predictions()).containsExactlyInAnyOrder("original", "copy");
    }

    @Test
    void moreRowsThanAPageAreFound() {
        for (int i = 0; i < 250; i++) {
            completed(ACME, MIDNIGHT.plusSeconds(i), "p" + i);
        }

        assertThat(predictions()).hasSize(250).doesNotHaveDuplicates();
    }

    @Test
    void copiesAreFoundWithTheirGeneration() {
        var row = queued(ACME, MIDNIGHT, 2);
        store.create(row, List.of(LIMIT));
        complete(row, "original");
        var copy = row.copy(1, 1);
        store.create(copy, List.of());
        complete(copy, "copy");

        assertThat(predictions()).containsExactlyInAnyOrder("original", "copy");
    }

    @Test
    void rowsOfOtherProvidersAndWithoutAPredictionAreMissing() {
        store.create(queued(ACME, MIDNIGHT, 1), List.of(LIMIT));
        completed(ACME, MIDNIGHT, "p1");

        assertThat(predictions()).containsExactly("p1");
        assertThat(ledger.acceptedOn(DAY, new ProviderId("other")).entries()).isEmpty();
    }

    @Test
    void aRowIsFoundByItsPredictionAlsoAfterItsDeletion() {
        var row = completed(ACME, MIDNIGHT, "p1");
        var id = new PredictionId("p1");
        claim("p1", row);
        store.update(row.deleted(LAST_MOMENT));

        assertThat(ledger.find(FakeBill.PROVIDER, id)).map(LedgerEntry::row).contains(row.id());
        assertThat(ledger.find(FakeBill.PROVIDER, new PredictionId("p2"))).isEmpty();
    }

    @Test
    void aSettlementChangesTheRowAndItsUsage() {
        var row = completed(ACME, MIDNIGHT, "p1");

        assertThat(settle(row, Money.ZERO)).isTrue();

        assertThat(cost(row).state()).isEqualTo(Cost.State.RELEASED);
        assertThat(store.usage().total().chargedMicros()).isZero();
    }

    @Test
    void anotherWriterMeanwhileDoesNotHinderASettlement() {
        var row = completed(ACME, MIDNIGHT, "p1");
        var other = row.withFollowUps(List.of());
        store.beforeUpdate(_ -> {
            store.beforeUpdate(_ -> {});
            store.update(other);
        });

        assertThat(settle(row, Money.ZERO)).isTrue();

        assertThat(cost(row).state()).isEqualTo(Cost.State.RELEASED);
    }

    @Test
    void aRowThatRunsOrDoesNotExistIsNotSettled() {
        var running = queued(ACME, MIDNIGHT, 1);
        store.create(running, List.of(LIMIT));

        assertThat(settle(running, Money.ZERO)).isFalse();
        assertThat(ledger.settle(new GenerationId("f".repeat(32)), cost(running), Money.ZERO))
                .isFalse();
    }

    @Test
    void anUnconfirmedRowIsChargedWhatTheBillSays() {
        var row = submitted(queued(ACME, MIDNIGHT, 1), "p1");
        var failed = row.failed(new Failure("code", "text"), LAST_MOMENT);
        store.update(failed);

        assertThat(settle(row, PRICE)).isTrue();

        assertThat(cost(row)).extracting(Cost::state, Cost::charged).containsExactly(Cost.State.CHARGED, PRICE);
    }

    /** Two comparisons of one day may run at once. */
    @Test
    void whatAnotherComparisonHasSettledIsNotCountedAgain() {
        var row = submitted(queued(ACME, MIDNIGHT, 1), "p1");
        store.update(row.failed(new Failure("code", "text"), LAST_MOMENT));
        var expected = cost(row);

        assertThat(ledger.settle(row.id(), expected, PRICE)).isTrue();
        assertThat(ledger.settle(row.id(), expected, PRICE)).isFalse();

        assertThat(store.usage().total().generations()).isOne();
        assertThat(store.usage().total().chargedMicros()).isEqualTo(PRICE.microDollars());
    }

    @Test
    void aSettlementAtTheSameAmountCountsNothing() {
        var row = completed(ACME, MIDNIGHT, "p1");

        assertThat(settle(row, PRICE)).isTrue();

        assertThat(store.usage().total().generations()).isOne();
    }

    @Test
    void aRowThatHasOnlyClaimedAPredictionIsFoundByItOnceItHasEnded() {
        var sent = sentWithClaim("p1");

        assertThat(ledger.find(FakeBill.PROVIDER, new PredictionId("p1"))).isEmpty();

        store.update(sent.failed(new Failure("code", "text"), LAST_MOMENT));

        assertThat(ledger.find(FakeBill.PROVIDER, new PredictionId("p1"))).contains(entry(sent, "p1"));
    }

    /** The day may be compared again. */
    @Test
    void aRowThatIsSettledForAPredictionThatItHasOnlyClaimedIsStillFoundByIt() {
        var sent = sentWithClaim("p1");
        store.update(sent.failed(new Failure("code", "text"), LAST_MOMENT));

        assertThat(settle(sent, PRICE)).isTrue();

        assertThat(ledger.find(FakeBill.PROVIDER, new PredictionId("p1"))).contains(entry(sent, "p1"));
    }

    private Generation sentWithClaim(String prediction) {
        var row = queued(ACME, MIDNIGHT, 1);
        store.create(row, List.of(LIMIT));
        var sent = row.claimed(TestClaims.claim("a", MIDNIGHT), MIDNIGHT);
        store.update(sent);
        claim(prediction, row);
        return sent;
    }

    private LedgerEntry entry(Generation row, String prediction) {
        return new LedgerEntry(row.id(), new PredictionId(prediction), Optional.of(cost(row)));
    }

    @Test
    void aRowWithoutAPriceAndOneThatIsGoneAreKnown() {
        var request = new GenerationRequest(
                new ModelId("acme/one"), FakeBill.PROVIDER, "{\"prompt\":\"a cat\"}", 1, Metadata.NONE);
        var row = Generation.queued(new GenerationId("e".repeat(32)), ACME, request, MIDNIGHT, 1);
        store.create(row, List.of());
        submittedAfterCreation(row, "p1");
        claim("p1", row);

        assertThat(ledger.find(FakeBill.PROVIDER, new PredictionId("p1")))
                .contains(new LedgerEntry(row.id(), new PredictionId("p1"), Optional.empty()));

        store.expire(row.id());

        assertThat(ledger.find(FakeBill.PROVIDER, new PredictionId("p1")))
                .contains(new LedgerEntry(row.id(), new PredictionId("p1"), Optional.empty()));
    }

    private void claim(String prediction, Generation row) {
        store.claimPrediction(
                new PredictionClaim(FakeBill.PROVIDER, new PredictionId(prediction), row.id()), Optional.empty());
    }

    private boolean settle(Generation row, Money amount) {
        return ledger.settle(row.id(), cost(row), amount);
    }

    private Cost cost(Generation row) {
        return store.find(row.id()).flatMap(Generation::knownCost).orElseThrow();
    }

    private List<String> predictions() {
        return ledger.acceptedOn(DAY, FakeBill.PROVIDER).entries().stream()
                .map(entry -> entry.prediction().value())
                .toList();
    }

    private Generation completed(Owner owner, Instant at, String prediction) {
        var row = queued(owner, at, 1);
        store.create(row, List.of(LIMIT));
        return complete(row, prediction);
    }

    private Generation complete(Generation row, String prediction) {
        var outputs = List.of(new Output("https://images.example/1.png", false));
        var running = submittedAfterCreation(row, prediction);
        var ended = running.completed(
                new State.Completed(new PredictionId(prediction), outputs, Duration.ofSeconds(1), running.createdAt()));
        store.update(ended);
        return ended;
    }

    private Generation submitted(Generation row, String prediction) {
        store.create(row, List.of(LIMIT));
        return submittedAfterCreation(row, prediction);
    }

    private Generation submittedAfterCreation(Generation row, String prediction) {
        var at = row.createdAt();
        var claimed = row.claimed(TestClaims.claim("a", at), at);
        store.update(claimed);
        var submitted = claimed.submitted(new PredictionId(prediction), at, at);
        store.update(submitted);
        return submitted;
    }

    private Generation queued(Owner owner, Instant at, int copies) {
        var request = new GenerationRequest(
                new ModelId("acme/one"), FakeBill.PROVIDER, "{\"prompt\":\"a cat\"}", copies, Metadata.NONE);
        return Generation.queued(new GenerationId("%032x".formatted(++rows)), owner, request, at, 1)
                .costing(Cost.held(PRICE, 1, List.of(LIMIT.windowAt(at)), copies));
    }
}
