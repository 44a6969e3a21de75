package dev.darkroom.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.application.CircuitBreaker.Permit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CircuitBreakerTest {

    private final TestClock clock = new TestClock();
    private final List<Duration> pauses = new ArrayList<>();
    private final CircuitBreaker breaker = new CircuitBreaker(pauses::add, clock);

    @Test
    void fourFailuresInARowPauseNothing() {
        fail(4);
        breaker.succeeded(call());
        fail(4);

        assertThat(pauses).isEmpty();
        assertThat(breaker.ask()).isInstanceOf(Permit.Call.class);
    }

    @Test
    void fiveFailuresInARowPauseForASecond() {
        fail(5);

        clock.advance(Duration.ofMillis(400));
        assertThat(breaker.ask()).isEqualTo(new Permit.Pause(Duration.ofMillis(600)));
    }

    @Test
    void afterThePauseExactlyOneCallIsLetThrough() {
        fail(5);
        clock.advance(Duration.ofSeconds(1));

        var permits = IntStream.range(0, 1_000).mapToObj(_ -> breaker.ask()).toList();

        assertThat(permits).filteredOn(Permit.Call.class::isInstance).hasSize(1);
    }

    @Test
    void itsSuccessEndsThePauseForAll() {
        fail(5);
        clock.advance(Duration.ofSeconds(1));
        breaker.succeeded(call());

        assertThat(Stream.of(breaker.ask(), breaker.ask())).allMatch(Permit.Call.class::isInstance);
    }

    @Test
    void itsFailureDoublesThePauseUpToAMinute() {
        fail(5);
        for (int i = 0; i < 7; i++) {
            clock.advance(pauses.getLast());
            fail(1);
        }

        assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    }

    @Test
    void afterASuccessPausesAreShortAgain() {
        fail(5);
        clock.advance(Duration.ofSeconds(1));
        fail(1);
        clock.advance(Duration.ofSeconds(2));
        breaker.succeeded(call());
        fail(5);

        assertThat(pauses.getLast()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whatWasCalledBeforeAPauseSaysNothingAboutWhatComesAfter() {
        var stragglers = Stream.generate(this::call).limit(20).toList();
        stragglers.subList(0, 18).forEach(call -> breaker.failed(call, null));
        clock.advance(Duration.ofSeconds(1));
        var probe = call();

        breaker.failed(stragglers.get(18), null);
        breaker.succeeded(stragglers.get(19));

        assertThat(pauses).hasSize(1);
        assertThat(breaker.ask()).isInstanceOf(Permit.Pause.class);
        breaker.succeeded(probe);
        assertThat(breaker.ask()).isInstanceOf(Permit.Call.class);
    }

    @Test
    void whoAsksToWaitIsObeyedAtOnceAndByAll() {
        breaker.failed(call(), Duration.ofSeconds(30));

        assertThat(breaker.ask()).isEqualTo(new Permit.Pause(Duration.ofSeconds(30)));
    }

    @Test
    void theLongestWaitThatWasAskedForHolds() {
        var first = call();
        var second = call();
        breaker.failed(first, Duration.ofSeconds(10));
        breaker.failed(second, Duration.ofSeconds(30));

        assertThat(breaker.ask()).isEqualTo(new Permit.Pause(Duration.ofSeconds(30)));
    }

    @Test
    void manyWhoAreAskedToWaitAtOnceLengthenNoPause() {
        var calls = Stream.generate(this::call).limit(100).toList();
        calls.forEach(call -> breaker.failed(call, Duration.ofSeconds(3)));

        clock.advance(Duration.ofSeconds(3));
        fail(1);

        assertThat(pauses.getLast()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void aProbeThatEndsInAnExceptionMakesRoomForAnother() {
        fail(5);
        clock.advance(Duration.ofSeconds(1));
        breaker.abandoned(call());

        assertThat(breaker.ask()).isInstanceOf(Permit.Call.class);
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            breaker.failed(call(), null);
        }
    }

    private Permit.Call call() {
        if (breaker.ask() instanceof Permit.Call call) {
            return call;
        }
        throw new AssertionError("no call is let through");
    }
}
