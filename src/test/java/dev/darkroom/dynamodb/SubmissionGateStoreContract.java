package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.SubmissionGateStore;
import dev.darkroom.application.SubmissionGateStore.Stored;
import dev.darkroom.domain.Circuit;
import dev.darkroom.domain.FairQueue;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.RateLimiter;
import dev.darkroom.domain.SubmissionGate;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the fake and the real store have in common. Each test begins with a gate that was never written. */
abstract class SubmissionGateStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final SubmissionGate GATE = new SubmissionGate(
            new RateLimiter(NOW),
            Map.of("vendor/model", new Circuit(0, 2, NOW, NOW.plusSeconds(2), NOW.plusSeconds(30))),
            new FairQueue(3, Map.of(new Owner("acme"), 5L, new Owner("umbrella"), 4L), 3, NOW));

    abstract SubmissionGateStore store();

    @Test
    void aGateThatWasNeverWrittenIsUnused() {
        assertThat(store().read()).isEqualTo(new Stored(SubmissionGate.UNUSED, 0));
    }

    @Test
    void whatIsWrittenIsReadBackAsItIs() {
        assertThat(store().replace(new Stored(GATE, 1))).isEmpty();
        assertThat(store().read()).isEqualTo(new Stored(GATE, 1));

        assertThat(store().replace(new Stored(SubmissionGate.UNUSED, 2))).isEmpty();
        assertThat(store().read()).isEqualTo(new Stored(SubmissionGate.UNUSED, 2));
    }

    @Test
    void theSecondWriterWritesNothingAndGetsWhatTheFirstWrote() {
        store().replace(new Stored(GATE, 1));

        assertThat(store().replace(new Stored(SubmissionGate.UNUSED, 1))).contains(new Stored(GATE, 1));
        assertThat(store().read()).isEqualTo(new Stored(GATE, 1));
    }

    @Test
    void ofTwoWritersOfTheSameOnlyOneIsFirst() {
        store().replace(new Stored(GATE, 1));

        assertThat(store().replace(new Stored(GATE, 1))).contains(new Stored(GATE, 1));
    }
}
