package dev.darkroom.core.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BudgetWindowTest {

    private static final BudgetScope KEY = BudgetScope.ofKey("0123456789abcdef");

    /** The last millisecond of a window, and the first of the next one. */
    @ParameterizedTest
    @CsvSource({
        "DAY,   2026-11-30T23:59:59.999Z, 2026-11-30, 2026-12-01T00:00:00Z",
        "DAY,   2026-12-01T00:00:00.000Z, 2026-12-01, 2026-12-02T00:00:00Z",
        "MONTH, 2026-11-30T23:59:59.999Z, 2026-11,    2026-12-01T00:00:00Z",
        "MONTH, 2026-12-01T00:00:00.000Z, 2026-12,    2027-01-01T00:00:00Z",
        "DAY,   2028-02-29T12:00:00.000Z, 2028-02-29, 2028-03-01T00:00:00Z"
    })
    void aWindowTurnsAtMidnightUtc(BudgetPeriod period, Instant time, String name, Instant end) {
        var limit = new SpendLimit(KEY, period, new Money(1));

        assertThat(limit.windowAt(time)).isEqualTo(new BudgetWindow(KEY, name));
        assertThat(limit.resetsAfter(time)).contains(end);
    }

    @Test
    void theWindowOfAllTimeNeverEnds() {
        var limit = new SpendLimit(KEY, BudgetPeriod.TOTAL, new Money(1));

        assertThat(limit.windowAt(Instant.EPOCH)).isEqualTo(limit.windowAt(Instant.parse("2030-01-01T00:00:00Z")));
        assertThat(limit.resetsAfter(Instant.EPOCH)).isEmpty();
    }

    @Test
    void aWindowIsReadAsItIsWritten() {
        var window = new BudgetWindow(BudgetScope.shared("team-a"), "2026-11");

        assertThat(BudgetWindow.parse(window.toString())).isEqualTo(window);
    }

    @Test
    void keysThatShareABudgetCountInOneWindow() {
        var shared =
                new KeyBudget(Optional.of(new Money(1)), BudgetPeriod.TOTAL, Optional.empty(), Optional.of("team-a"));

        assertThat(shared.limit("0123456789abcdef")).isEqualTo(shared.limit("fedcba9876543210"));
    }
}
