package dev.darkroom.core.billing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.billing.Difference.Kind;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.provider.BillEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each state of the ledger beside each kind of bill. An image costs 40,000 micro-dollars. */
class ComparisonTest {

    private static final long PRICE = 40_000;

    /** Amounts of the bill in their order; refunds are negative. */
    @ParameterizedTest
    @CsvSource({
        // ledger, bill, difference, settled at
        "HELD, '', , ",
        "HELD, 40000, , ",
        "CHARGED, 40000, , ",
        "CHARGED, 20000 20000, , ",
        "CHARGED, 80000, OTHER_PRICE, ",
        "CHARGED, 20000, OTHER_PRICE, ",
        "CHARGED, '', NEVER_BILLED, ",
        "CHARGED, 40000 -40000, REFUNDED, 0",
        "CHARGED, -40000, REFUNDED, 0",
        "CHARGED, 40000 -10000, REFUNDED, 30000",
        "CHARGED, 80000 -40000, , ",
        "RELEASED, '', , ",
        "RELEASED, 40000 -40000, , ",
        "RELEASED, 40000, OTHER_PRICE, ",
        "UNCONFIRMED, 40000, , 40000",
        "UNCONFIRMED, 40000 -40000, , 0",
        "UNCONFIRMED, '', , 0"
    })
    void theBillDecidesWhatTheLedgerCannotKnow(Cost.State state, String bill, Kind difference, Long settledAt) {
        var comparison = Comparison.of(entry(state), bill(bill), true);

        assertThat(comparison.difference().map(Difference::kind)).isEqualTo(Optional.ofNullable(difference));
        assertThat(comparison.settleAt().map(Money::microDollars)).isEqualTo(Optional.ofNullable(settledAt));
    }

    @ParameterizedTest
    @EnumSource
    void aPredictionThatMayStillBeBilledIsNeitherReleasedNorMissed(Cost.State state) {
        assertThat(Comparison.of(entry(state), List.of(), false).isEqual()).isTrue();
    }

    @Test
    void aRowWithoutAPriceHasNothingToCompare() {
        var entry = new LedgerEntry(Ledgers.ROW, new PredictionId("p1"), Optional.empty());

        assertThat(Comparison.of(entry, bill("40000"), true).isEqual()).isTrue();
    }

    @Test
    void aDifferenceHasBothAmounts() {
        var difference = Comparison.of(entry(Cost.State.CHARGED), bill("100000"), true)
                .difference()
                .orElseThrow();

        assertThat(difference.ledgerMicros()).isEqualTo(PRICE);
        assertThat(difference.billMicros()).isEqualTo(100_000);
        assertThat(difference.driftMicros()).isEqualTo(60_000);
        assertThat(difference.row()).contains(Ledgers.ROW);
    }

    @Test
    void aPredictionThatNoRowHasIsUnknownUnlessItWasRefunded() {
        var prediction = new PredictionId("p1");

        assertThat(Comparison.unknown(prediction, bill("40000")))
                .contains(new Difference(Kind.UNKNOWN, prediction, Optional.empty(), 0, PRICE));
        assertThat(Comparison.unknown(prediction, bill("40000 -40000"))).isEmpty();
    }

    private static LedgerEntry entry(Cost.State state) {
        return new LedgerEntry(Ledgers.ROW, new PredictionId("p1"), Optional.of(Ledgers.cost(state, PRICE)));
    }

    private static List<BillEntry> bill(String amounts) {
        return Pattern.compile(" ")
                .splitAsStream(amounts)
                .filter(amount -> !amount.isEmpty())
                .map(Long::valueOf)
                .map(amount -> new BillEntry(
                        "e" + amount,
                        new PredictionId("p1"),
                        amount < 0 ? BillEntry.Kind.REFUND : BillEntry.Kind.CHARGE,
                        Math.abs(amount),
                        Instant.EPOCH))
                .toList();
    }
}
