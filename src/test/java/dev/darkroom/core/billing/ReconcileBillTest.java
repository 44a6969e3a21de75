package dev.darkroom.core.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.billing.BillReport.Undecided;
import dev.darkroom.core.billing.Difference.Kind;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.money.Cost.State;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReconcileBillTest {

    private static final LocalDate DAY = LocalDate.parse("2026-11-23");
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-26T05:00:00Z");
    private static final long PRICE = 40_000;

    private final FakeBill bill = new FakeBill();
    private final FakeLedger ledger = new FakeLedger();
    private final List<BillReport> reported = new ArrayList<>();

    private final ReconcileBill reconcile =
            new ReconcileBill(List.of(bill), ledger, reported::add, InstantSource.fixed(NOW));

    @Test
    void theScheduleComparesTheLastDayThatDoesNotChangeAnyMore() {
        assertThat(reconcile.dueDay()).isEqualTo(DAY);
    }

    @Test
    void anEqualBillAsksForNothingMore() {
        for (var prediction : List.of("p1", "p2", "p3")) {
            ledger.accept(DAY, prediction, Ledgers.cost(State.CHARGED, PRICE));
            bill.charge(prediction, PRICE, NOON);
        }

        var report = compare();

        assertThat(report.billed()).isEqualTo(3);
        assertThat(report.differences()).isEmpty();
        assertThat(report.driftMicros()).isZero();
        assertThat(report.isComplete()).isTrue();
        assertThat(bill.questions).hasSize(2).allMatch(BillQuestion.Written.class::isInstance);
        assertThat(reported).containsExactly(report);
    }

    @Test
    void eachKindOfDifferenceIsFound() {
        bill.charge("unknown", PRICE, NOON);
        var other = ledger.accept(DAY, "other", Ledgers.cost(State.CHARGED, PRICE));
        bill.charge("other", 2 * PRICE, NOON);
        var refunded = ledger.accept(DAY, "refunded", Ledgers.cost(State.CHARGED, PRICE));
        bill.charge("refunded", PRICE, NOON);
        bill.refund("refunded", PRICE, NOON);
        var never = ledger.accept(DAY, "never", Ledgers.cost(State.CHARGED, PRICE));

        var report = compare();

        assertThat(report.differences())
                .containsExactlyInAnyOrder(
                        new Difference(Kind.UNKNOWN, new PredictionId("unknown"), Optional.empty(), 0, PRICE),
                        new Difference(
                                Kind.OTHER_PRICE, new PredictionId("other"), Optional.of(other), PRICE, 2 * PRICE),
                        new Difference(Kind.REFUNDED, new PredictionId("refunded"), Optional.of(refunded), PRICE, 0),
                        new Difference(Kind.NEVER_BILLED, new PredictionId("never"), Optional.of(never), PRICE, 0));
        assertThat(report.driftMicros()).isEqualTo(3 * PRICE);
        assertThat(ledger.settled).containsOnly(Map.entry(refunded, Money.ZERO));
    }

    @Test
    void aRefundOfALaterDayIsSettledForTheWholeBillOfItsPrediction() {
        var row = ledger.accept(DAY.minusDays(2), "p1", Ledgers.cost(State.CHARGED, PRICE));
        bill.charge("p1", PRICE, NOON.minus(Duration.ofDays(2)));
        bill.refund("p1", 10_000, NOON);

        compare();

        assertThat(ledger.settled).containsOnly(Map.entry(row, new Money(30_000)));
    }

    @Test
    void aRowThatWasBilledOnTheNextDayIsEqual() {
        ledger.accept(DAY, "p1", Ledgers.cost(State.CHARGED, PRICE));
        bill.charge("p1", PRICE, NOON.plus(Duration.ofDays(1)));

        assertThat(compare().differences()).isEmpty();
    }

    @Test
    void aRowOfTheDayBeforeIsFoundByItsPrediction() {
        ledger.accept(DAY.minusDays(1), "p1", Ledgers.cost(State.CHARGED, PRICE));
        bill.charge("p1", PRICE, NOON);

        assertThat(compare().differences()).isEmpty();
    }

    /** Each of the two days alone has the right amount. */
    @Test
    void aPredictionThatIsBilledOnTwoDaysIsDifferentOnTheSecondOne() {
        var row = ledger.accept(DAY.minusDays(1), "p1", Ledgers.cost(State.CHARGED, PRICE));
        bill.charge("p1", PRICE, NOON.minus(Duration.ofDays(1)));
        bill.charge("p1", PRICE, NOON);

        assertThat(compare().differences())
                .containsExactly(
                        new Difference(Kind.OTHER_PRICE, new PredictionId("p1"), Optional.of(row), PRICE, 2 * PRICE));
    }

    @Test
    void aPredictionOfARowWithoutAPriceIsNotUnknown() {
        var row = ledger.acceptWithoutPrediction(DAY);
        ledger.acceptWithoutPrice(DAY, "p1");
        bill.charge("p1", PRICE, NOON);

        var report = compare();

        assertThat(report.differences()).isEmpty();
        assertThat(report.unpriced()).isOne();
        assertThat(ledger.settled).containsOnly(Map.entry(row, Money.ZERO));
    }

    @Test
    void aRowThatHasOnlyClaimedItsPredictionCostsWhatTheBillSays() {
        var row = ledger.acceptWithClaim(DAY, "p1");
        bill.charge("p1", PRICE, NOON);

        var report = compare();

        assertThat(report.differences()).isEmpty();
        assertThat(report.undecided().rows()).isEmpty();
        assertThat(report.settled()).isOne();
        assertThat(ledger.settled).containsOnly(Map.entry(row, new Money(PRICE)));
    }

    @Test
    void aBillThatDoesNotAnswerForAPredictionReleasesNothing() {
        ledger.accept(DAY, "p1", Ledgers.cost(State.UNCONFIRMED, PRICE));
        bill.charge("p1", PRICE, NOON);
        bill.ignoreQuestionsAboutPredictions();

        var report = compare();

        assertThat(ledger.settled).isEmpty();
        assertThat(report.problem()).isEqualTo("the bill lacks entries about p1 when it is asked for them");
    }

    /** The schedule compares a day five times. */
    @Test
    void aRowThatHasOnlyClaimedItsPredictionIsEqualOnceItIsSettled() {
        ledger.acceptWithClaim(DAY, "p1");
        bill.charge("p1", PRICE, NOON);
        compare();

        var again = compare();

        assertThat(again.differences()).isEmpty();
        assertThat(again.settled()).isZero();
    }

    @Test
    void aRowWhoseClaimedPredictionIsBilledOnTheNextDayIsNotReleased() {
        var row = ledger.acceptWithClaim(DAY, "p1");
        bill.charge("p1", PRICE, NOON.plus(Duration.ofDays(1)));

        var report = compare();

        assertThat(ledger.settled).isEmpty();
        assertThat(report.undecided())
                .isEqualTo(new Undecided(List.of(row), "the bill charges them on one of the next two days"));

        reconcile.reconcile(DAY.plusDays(1), NOW.plusSeconds(60));

        assertThat(ledger.settled).containsOnly(Map.entry(row, new Money(PRICE)));
    }

    @Test
    void aPageWithoutChargesDoesNotEndTheBill() {
        for (var prediction : List.of("p1", "p2", "p3")) {
            bill.charge(prediction, PRICE, NOON);
        }
        bill.insertAnEmptyPage();

        assertThat(compare().billed()).isEqualTo(3);
    }

    /** The provider's key may be used by something else, for thousands of predictions. */
    @Test
    void aPredictionOfNoRowIsLookedForOnce() {
        ledger.acceptWithoutPrediction(DAY);
        bill.charge("unknown", PRICE, NOON);

        assertThat(compare().differences()).hasSize(1);

        assertThat(ledger.searches).containsExactly(new PredictionId("unknown"));
    }

    @Test
    void aDayThatMayStillChangeHasNoPredictionThatWasNeverBilled() {
        var today = LocalDate.parse("2026-11-26");
        ledger.accept(today, "p1", Ledgers.cost(State.CHARGED, PRICE));

        assertThat(reconcile.reconcile(today, NOW.plusSeconds(60)).getFirst().differences())
                .isEmpty();
    }

    @Test
    void anUnconfirmedRowCostsWhatTheBillSays() {
        var billed = ledger.accept(DAY, "p1", Ledgers.cost(State.UNCONFIRMED, PRICE));
        bill.charge("p1", PRICE, NOON);
        var free = ledger.accept(DAY, "p2", Ledgers.cost(State.UNCONFIRMED, PRICE));

        var report = compare();

        assertThat(ledger.settled).containsOnly(Map.entry(billed, new Money(PRICE)), Map.entry(free, Money.ZERO));
        assertThat(report.settled()).isEqualTo(2);
        assertThat(report.differences()).isEmpty();
    }

    @Test
    void aDayThatMayStillChangeReleasesNothing() {
        var today = LocalDate.parse("2026-11-26");
        ledger.accept(today, "p1", Ledgers.cost(State.UNCONFIRMED, PRICE));

        reconcile.reconcile(today, NOW.plusSeconds(60));

        assertThat(ledger.settled).isEmpty();
    }

    @Test
    void anEntryThatCannotBeReadMayBeOfAnyPredictionThatTheBillSeemsToLack() {
        ledger.accept(DAY, "p1", Ledgers.cost(State.CHARGED, PRICE));
        ledger.accept(DAY, "p2", Ledgers.cost(State.UNCONFIRMED, PRICE));
        ledger.acceptWithoutPrediction(DAY);
        var billed = ledger.accept(DAY, "p3", Ledgers.cost(State.UNCONFIRMED, PRICE));
        bill.charge("p3", PRICE, NOON);
        bill.spoil();

        var report = compare();

        assertThat(report.differences()).isEmpty();
        assertThat(report.unreadable()).isPositive();
        assertThat(ledger.settled).containsOnly(Map.entry(billed, new Money(PRICE)));
    }

    @Test
    void aRowWithoutAPredictionHasCostNothingWhenEveryBilledPredictionHasItsRow() {
        var row = ledger.acceptWithoutPrediction(DAY);
        ledger.accept(DAY.plusDays(1), "p1", Ledgers.cost(State.CHARGED, PRICE));
        bill.charge("p1", PRICE, NOON.plus(Duration.ofDays(1)));

        var report = compare();

        assertThat(ledger.settled).containsOnly(Map.entry(row, Money.ZERO));
        assertThat(report.undecided().rows()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void aRowWithoutAPredictionStaysUnconfirmedWhenTheBillHasAPredictionOfNoRow(int daysLater) {
        var row = ledger.acceptWithoutPrediction(DAY);
        bill.charge("unknown", PRICE, NOON.plus(Duration.ofDays(daysLater)));

        var report = compare();

        assertThat(ledger.settled).isEmpty();
        assertThat(report.undecided().rows()).containsExactly(row);
        assertThat(report.undecided().reason()).startsWith("the bill has predictions that no row has");
    }

    @Test
    void aDayThatMayStillChangeReleasesNoRowWithoutAPrediction() {
        var today = LocalDate.parse("2026-11-26");
        var row = ledger.acceptWithoutPrediction(today);

        var report = reconcile.reconcile(today, NOW.plusSeconds(60)).getFirst();

        assertThat(ledger.settled).isEmpty();
        assertThat(report.undecided()).isEqualTo(new Undecided(List.of(row), "the day may still change"));
    }

    @Test
    void theScheduleComparesTheDaysBeforeOnceMore() {
        var late = ledger.accept(DAY.minusDays(4), "p1", Ledgers.cost(State.UNCONFIRMED, PRICE));

        var reports = reconcile.reconcileDue(NOW.plusSeconds(60));

        assertThat(reports)
                .extracting(BillReport::day)
                .containsExactly(DAY, DAY.minusDays(1), DAY.minusDays(2), DAY.minusDays(3), DAY.minusDays(4));
        assertThat(ledger.settled).containsOnly(Map.entry(late, Money.ZERO));
    }

    @Test
    void aDayWhoseLedgerCannotBeReadStopsNoOtherDay() {
        ledger.fail(DAY);
        var row = ledger.accept(DAY.minusDays(1), "p1", Ledgers.cost(State.UNCONFIRMED, PRICE));

        assertThatThrownBy(() -> reconcile.reconcileDue(NOW.plusSeconds(60)))
                .isInstanceOf(StoreUnavailableException.class);
        assertThat(ledger.settled).containsOnly(Map.entry(row, Money.ZERO));
    }

    @Test
    void withoutTimeNoFurtherDayIsBegun() {
        assertThat(reconcile.reconcileDue(NOW)).isEmpty();
    }

    @Test
    void aBillThatCannotBeReadMakesNoRowNeverBilled() {
        ledger.accept(DAY, "p1", Ledgers.cost(State.CHARGED, PRICE));
        ledger.accept(DAY, "p2", Ledgers.cost(State.UNCONFIRMED, PRICE));
        bill.fail(new BillOutcome.Unclear("HTTP 500, code 500"));

        var report = compare();

        assertThat(report.isComplete()).isFalse();
        assertThat(report.problem()).contains("HTTP 500");
        assertThat(report.differences()).isEmpty();
        assertThat(ledger.settled).isEmpty();
    }

    @Test
    void aBillThatNeverEndsIsNotReadForEver() {
        ledger.accept(DAY, "p1", Ledgers.cost(State.UNCONFIRMED, PRICE));
        for (int entry = 0; entry < 2 * BillPages.MAX_PAGES + 2; entry++) {
            bill.charge("unknown" + entry, PRICE, NOON);
        }

        var report = compare();

        assertThat(report.isComplete()).isFalse();
        assertThat(report.problem()).isEqualTo("the bill has more than 5000 pages");
        assertThat(ledger.settled).isEmpty();
    }

    @Test
    void aComparisonWithoutTimeIsNotComplete() {
        ledger.accept(DAY, "p1", Ledgers.cost(State.CHARGED, PRICE));

        var report = reconcile.reconcile(DAY, NOW).getFirst();

        assertThat(report.isComplete()).isFalse();
        assertThat(report.differences()).isEmpty();
        assertThat(bill.questions).isEmpty();
    }

    @Test
    void aProviderWithoutABillHasNoReport() {
        bill.fail(new BillOutcome.NoBill());

        assertThat(reconcile.reconcile(DAY, NOW.plusSeconds(60))).isEmpty();
    }

    @Test
    void moreThanAHundredDifferencesAreAskedForInParts() {
        for (int i = 0; i < 150; i++) {
            ledger.accept(DAY, "p" + i, Ledgers.cost(State.CHARGED, PRICE));
        }

        var report = compare();

        assertThat(report.differences()).hasSize(150).allMatch(difference -> difference.kind() == Kind.NEVER_BILLED);
    }

    private BillReport compare() {
        return reconcile.reconcile(DAY, NOW.plusSeconds(60)).getFirst();
    }
}
