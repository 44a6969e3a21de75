package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.BudgetStore;
import dev.darkroom.application.BudgetStore.Stored;
import dev.darkroom.domain.Budget;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.Pause;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the fake and the real store have in common. Each test begins with a budget that was never written. */
abstract class BudgetStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Budget BUDGET = new Budget(
            NOW,
            7,
            NOW.minusSeconds(3),
            new Pause(2, NOW.minusSeconds(1), NOW.plusSeconds(1)),
            3,
            Map.of(new Owner("acme"), 5L, new Owner("umbrella"), 4L),
            3,
            NOW);

    abstract BudgetStore store();

    @Test
    void aBudgetThatWasNeverWrittenIsUnused() {
        assertThat(store().read()).isEqualTo(new Stored(Budget.UNUSED, 0));
    }

    @Test
    void whatIsWrittenIsReadBackAsItIs() {
        assertThat(store().replace(new Stored(BUDGET, 1))).isEmpty();
        assertThat(store().read()).isEqualTo(new Stored(BUDGET, 1));

        assertThat(store().replace(new Stored(Budget.UNUSED, 2))).isEmpty();
        assertThat(store().read()).isEqualTo(new Stored(Budget.UNUSED, 2));
    }

    @Test
    void whoIsSecondWritesNothingAndIsToldWhatTheFirstWrote() {
        store().replace(new Stored(BUDGET, 1));

        assertThat(store().replace(new Stored(Budget.UNUSED, 1))).contains(new Stored(BUDGET, 1));
        assertThat(store().read()).isEqualTo(new Stored(BUDGET, 1));
    }

    @Test
    void ofTwoWhoWriteTheSameOnlyOneIsFirst() {
        store().replace(new Stored(BUDGET, 1));

        assertThat(store().replace(new Stored(BUDGET, 1))).contains(new Stored(BUDGET, 1));
    }
}
