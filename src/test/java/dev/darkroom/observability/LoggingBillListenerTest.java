package dev.darkroom.observability;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.billing.BillReport;
import dev.darkroom.core.billing.Difference;
import dev.darkroom.core.billing.Difference.Kind;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.http.MetricLines;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LoggingBillListenerTest {

    @RegisterExtension
    final MetricLines metrics = new MetricLines();

    private final LoggingBillListener listener =
            new LoggingBillListener(new Metrics(() -> "prod", InstantSource.fixed(Instant.EPOCH)));

    /** A refund is settled by the comparison itself. */
    @Test
    void theDriftIsWhatIsLeftAfterTheSettlement() {
        listener.compared(
                report("", difference(Kind.OTHER_PRICE, 40_000, 80_000), difference(Kind.REFUNDED, 40_000, 0)));

        assertThat(metrics.lines()).singleElement().satisfies(line -> {
            assertThat(line.getLong("LedgerDrift")).isEqualTo(40_000);
            assertThat(line.getString("provider")).isEqualTo("acme");
        });
    }

    @Test
    void anEqualBillResetsTheAlarm() {
        listener.compared(report(""));

        assertThat(metrics.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.getLong("LedgerDrift")).isZero());
    }

    @Test
    void aComparisonThatIsNotCompleteIsAnError() {
        listener.compared(report("the bill could not be read: HTTP 500, code 500"));

        assertThat(metrics.names()).containsExactly("LedgerDrift", "Errors");
    }

    private static BillReport report(String problem, Difference... differences) {
        return new BillReport(
                new ProviderId("acme"),
                LocalDate.parse("2026-11-23"),
                3,
                List.of(differences),
                1,
                0,
                new BillReport.Undecided(List.of(), ""),
                0,
                problem);
    }

    private static Difference difference(Kind kind, long ledger, long bill) {
        return new Difference(kind, new PredictionId("p1"), Optional.empty(), ledger, bill);
    }
}
