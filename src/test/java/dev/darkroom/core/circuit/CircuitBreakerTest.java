package dev.darkroom.core.circuit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.darkroom.core.TestClock;
import dev.darkroom.core.circuit.CircuitBreaker.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private static final Health ANSWERED = new Health.Answered();
    private static final Health UNCLEAR = new Health.Unclear();

    private final TestClock clock = new TestClock();
    private final List<Duration> pauses = new ArrayList<>();
    private final CircuitBreaker<Integer> breaker = new CircuitBreaker<>(pauses::add, clock);
    private int rows;

    @Test
    void fiveRowsInARowThatShowAnOutageOpenIt() {
        fail(5);

        clock.advance(Duration.ofMillis(400));
        assertThat(call(newRow(), ANSWERED)).isEqualTo(Duration.ofMillis(600));
        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void anAnswerInBetweenStartsTheCountAgain() {
        fail(4);
        call(newRow(), ANSWERED);
        fail(4);

        assertThat(call(newRow(), ANSWERED)).isZero();
    }

    @Test
    void oneRowThatAlwaysTimesOutOpensNothing() {
        int bad = newRow();

        IntStream.range(0, 100).forEach(_ -> call(bad, outage(null)));

        assertThat(pauses).isEmpty();
    }

    @Test
    void failuresThatAreTheRowsOwnOpenNothing() {
        IntStream.range(0, 100).forEach(_ -> call(newRow(), UNCLEAR));

        assertThat(pauses).isEmpty();
    }

    @Test
    void afterThePauseExactlyOneCallIsLetThrough() {
        fail(5);
        clock.advance(Duration.ofSeconds(1));

        var admitted = new ArrayList<Integer>();
        call(newRow(), () -> {
            for (int i = 0; i < 1_000; i++) {
                int row = newRow();
                call(row, () -> admitted.add(row), ANSWERED);
            }
        });

        assertThat(admitted).isEmpty();
    }

    @Test
    void theProbesFailureDoublesThePauseUpToAMinute() {
        fail(5);
        for (int i = 0; i < 7; i++) {
            clock.advance(pauses.getLast());
            fail(1);
        }

        assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void aRowThatFailedIsNotTheProbeWhileOthersMayBe() {
        int bad = newRow();
        call(bad, outage(null));
        fail(4);

        clock.advance(Duration.ofSeconds(1));

        assertThat(call(bad, ANSWERED)).isEqualTo(Duration.ofSeconds(1));
        assertThat(call(newRow(), ANSWERED)).isZero();
    }

    @Test
    void aRowThatFailsAgainAsTheProbeDoesNotLengthenThePauseOfAllOthers() {
        int bad = newRow();
        call(bad, outage(null));
        fail(4);
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(2));
            assertThat(call(bad, outage(null))).isZero();
        }

        clock.advance(Duration.ofSeconds(1));

        assertThat(call(newRow(), ANSWERED)).isZero();
    }

    @Test
    void aProbeWhoseFailureIsItsOwnMakesRoomForAnotherAtOnce() {
        fail(5);
        clock.advance(Duration.ofSeconds(1));
        call(newRow(), UNCLEAR);

        assertThat(call(newRow(), ANSWERED)).isZero();
    }

    @Test
    void aProbeThatEndsInAnExceptionMakesRoomForAnotherAtOnce() {
        fail(5);
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> call(newRow(), () -> {
                    throw new IllegalStateException("broken");
                }))
                .hasMessage("broken");

        assertThat(call(newRow(), ANSWERED)).isZero();
    }

    @Test
    void anOutageThatBeginsWithFailuresOfTheRowsOwnOpensIt() {
        var opening = IntStream.range(0, 5).map(_ -> newRow()).toArray();
        IntStream.of(opening).forEach(row -> call(row, UNCLEAR));

        IntStream.of(opening).forEach(row -> call(row, outage(null)));

        assertThat(pauses).containsExactly(Duration.ofSeconds(1));
    }

    @Test
    void oneRowThatFailsInOneWayAndTheOtherOpensNothing() {
        int bad = newRow();

        IntStream.range(0, 100).forEach(i -> call(bad, i % 2 == 0 ? UNCLEAR : outage(null)));

        assertThat(pauses).isEmpty();
    }

    @Test
    void aRowThatFailsForItsOwnReasonsIsNotTheProbeWhileOthersMayBe() {
        int bad = newRow();
        call(bad, UNCLEAR);
        fail(5);

        clock.advance(Duration.ofSeconds(1));

        assertThat(call(bad, ANSWERED)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whileOthersAreAnsweredAFailedProbeDoesNotLengthenThePause() {
        call(newRow(), ANSWERED);
        fail(5);
        for (int i = 0; i < 3; i++) {
            clock.advance(Duration.ofSeconds(1));
            fail(1);
        }

        clock.advance(Duration.ofSeconds(1));

        assertThat(call(newRow(), ANSWERED)).isZero();
    }

    @Test
    void withoutRecentSuccessesAFailedProbeLengthensThePause() {
        call(newRow(), ANSWERED);
        fail(5);
        clock.advance(Duration.ofSeconds(5));
        fail(1);

        clock.advance(Duration.ofSeconds(1));

        assertThat(call(newRow(), ANSWERED)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void oneRetryAfterBesideSuccessesOpensNothing() {
        call(newRow(), ANSWERED);

        call(newRow(), outage(Duration.ofSeconds(30)));

        assertThat(call(newRow(), ANSWERED)).isZero();
    }

    @Test
    void fiveRetryAftersInARowOpenTheCircuitForAll() {
        call(newRow(), ANSWERED);

        IntStream.range(0, 5).forEach(_ -> call(newRow(), outage(Duration.ofSeconds(30))));

        assertThat(call(newRow(), ANSWERED)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aRetryAfterOfARowThatFailedBeforeHoldsWhileItIsTheProbe() {
        int bad = newRow();
        call(bad, outage(null));
        fail(4);
        clock.advance(Duration.ofSeconds(2));

        call(bad, outage(Duration.ofSeconds(30)));

        assertThat(call(newRow(), ANSWERED)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void aRetryAfterHoldsForAllAtOnce() {
        call(newRow(), outage(Duration.ofSeconds(30)));

        assertThat(call(newRow(), ANSWERED)).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void whereATimeIsNamedThePauseDoublesOnlyWithEveryThirtiethProbe() {
        for (int i = 0; i < 31; i++) {
            assertThat(call(newRow(), outage(Duration.ZERO))).isZero();
            clock.advance(pauses.getLast());
        }

        assertThat(pauses.subList(0, 30)).containsOnly(Duration.ofSeconds(1));
        assertThat(pauses.getLast()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aRetryAfterOfZeroDoesNotShortenThePause() {
        call(newRow(), outage(Duration.ZERO));

        assertThat(call(newRow(), ANSWERED)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void callsThatWereOnTheirWayLengthenNoPause() {
        call(newRow(), () -> fail(5), outage(null));

        assertThat(pauses).hasSize(1);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(call(newRow(), outage(null))).isZero();
        }
    }

    private static Health outage(@Nullable Duration retryAfter) {
        return new Health.Outage(retryAfter);
    }

    private int newRow() {
        return ++rows;
    }

    /** How long the circuit is open; zero when the call was made. */
    private Duration call(int row, Health health) {
        return call(row, () -> {}, health);
    }

    private Duration call(int row, Runnable during) {
        return call(row, during, ANSWERED);
    }

    private Duration call(int row, Runnable during, Health health) {
        return breaker.call(
                row,
                () -> {
                    during.run();
                    return Duration.ZERO;
                },
                pause -> pause,
                _ -> health);
    }
}
