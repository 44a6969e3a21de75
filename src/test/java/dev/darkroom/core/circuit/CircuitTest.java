package dev.darkroom.core.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final int THRESHOLD = 5;

    @Test
    void fewerFailuresInARowThanTheThresholdOpenNothing() {
        var circuit = failed(Circuit.CLOSED, 4).succeeded(NOW);

        assertThat(failed(circuit, 4).isClosed()).isTrue();
        assertThat(failed(circuit, 5).openUntil()).isEqualTo(NOW.plusSeconds(1));
    }

    @Test
    void eachFailedProbeDoublesThePauseUpToAMinute() {
        var circuit = failed(Circuit.CLOSED, THRESHOLD);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            assertThat(Duration.between(circuit.openedAt(), circuit.openUntil()))
                    .hasSeconds(seconds);
            var probedAt = circuit.openUntil();
            circuit = circuit.admitted(probedAt).failed(probedAt, THRESHOLD, null, probedAt);
        }
    }

    /** The longer of both holds: the circuit's own pause, or the one that the provider asks for. */
    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "7, 7", "900, 900"})
    void aRetryAfterOnlyProlongsThePause(int asked, int pause) {
        var circuit = Circuit.CLOSED.failed(NOW, 1, Duration.ofSeconds(asked), NOW);

        assertThat(circuit.admitsAt(NOW)).isEqualTo(NOW.plusSeconds(pause));
    }

    @Test
    void onlyOneProbeIsOutAtATime() {
        var open = failed(Circuit.CLOSED, THRESHOLD);
        var later = open.openUntil();

        var probing = open.admitted(later);

        assertThat(open.admitsAt(later)).isBeforeOrEqualTo(later);
        assertThat(probing.admitsAt(later)).isEqualTo(later.plusSeconds(1));
        assertThat(probing.admitsAt(later.plusMillis(29_500))).isEqualTo(later.plusSeconds(30));
        assertThat(probing.admitsAt(later.plusSeconds(30))).isBeforeOrEqualTo(later.plusSeconds(30));
    }

    @Test
    void aProbeThatIsGivenBackMakesRoomForAnotherAtOnce() {
        var open = failed(Circuit.CLOSED, THRESHOLD);
        var later = open.openUntil();

        assertThat(open.admitted(later).released().admitsAt(later)).isBeforeOrEqualTo(later);
    }

    @Test
    void itsSuccessClosesTheCircuit() {
        var open = failed(Circuit.CLOSED, THRESHOLD);
        var later = open.openUntil();

        assertThat(open.admitted(later).succeeded(later)).isEqualTo(Circuit.CLOSED);
    }

    @Test
    void aCallSentBeforeTheOpeningNeitherClosesNorProlongsIt() {
        var open = Circuit.CLOSED.failed(NOW, 1, null, NOW);
        var before = NOW.minusMillis(1);

        assertThat(open.succeeded(before)).isEqualTo(open);
        assertThat(open.failed(before, 1, null, NOW.plusMillis(500))).isEqualTo(open);
    }

    @Test
    void aCallSentBeforeTheOpeningProlongsItByItsRetryAfter() {
        var open = Circuit.CLOSED.failed(NOW, 1, null, NOW);

        var prolonged = open.failed(NOW.minusMillis(1), 1, Duration.ofSeconds(30), NOW);

        assertThat(prolonged.admitsAt(NOW)).isEqualTo(NOW.plusSeconds(30));
        assertThat(prolonged.openings()).isEqualTo(1);
    }

    @Test
    void aRepeatedFailureKeepsThePauseAsItWas() {
        var open = Circuit.CLOSED.failed(NOW, 1, null, NOW);
        var later = NOW.plusSeconds(1);

        var again = open.admitted(later).repeated(null, later);

        assertThat(again.admitsAt(later)).isEqualTo(later.plusSeconds(1));
        assertThat(again.openings()).isEqualTo(1);
    }

    @Test
    void aRepeatedFailureWithARetryAfterProlongsThePause() {
        var open = Circuit.CLOSED.failed(NOW, 1, null, NOW);
        var later = NOW.plusSeconds(1);

        var again = open.admitted(later).repeated(Duration.ofSeconds(30), later);

        assertThat(again.admitsAt(later)).isEqualTo(later.plusSeconds(30));
    }

    @Test
    void theFirstRefusalOpensItAndEachThirtiethInARowDoublesThePauseUpToAMinute() {
        var circuit = Circuit.CLOSED;
        var time = NOW;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            for (int i = 0; i < 30; i++) {
                circuit = circuit.admitted(time).refused(time, null, time);
                assertThat(Duration.between(time, circuit.openUntil())).hasSeconds(seconds);
                time = circuit.openUntil();
            }
        }
    }

    @Test
    void aRefusedCallSentBeforeTheOpeningProlongsItOnlyByItsRetryAfter() {
        var open = Circuit.CLOSED.refused(NOW, null, NOW);
        var before = NOW.minusMillis(1);

        assertThat(open.refused(before, null, NOW.plusMillis(500))).isEqualTo(open);
        assertThat(open.refused(before, Duration.ofSeconds(30), NOW).admitsAt(NOW))
                .isEqualTo(NOW.plusSeconds(30));
    }

    private static Circuit failed(Circuit before, int times) {
        var circuit = before;
        for (int i = 0; i < times; i++) {
            circuit = circuit.failed(NOW, THRESHOLD, null, NOW);
        }
        return circuit;
    }
}
