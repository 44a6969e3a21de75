package dev.darkroom.application;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Leaves somebody alone who fails. After five failures in a row it lets no call through for a second; then one, whose
 * success lets all through again and whose failure doubles the pause, to a minute at most.
 *
 * @see <a href="https://learn.microsoft.com/en-us/azure/architecture/patterns/circuit-breaker">Circuit breaker</a>
 */
final class CircuitBreaker {

    static final int FAILURES_IN_A_ROW = 5;
    static final Duration SHORTEST = Duration.ofSeconds(1);
    static final Duration LONGEST = Duration.ofMinutes(1);

    /** Whether a call may be made. */
    sealed interface Permit {

        /**
         * Yes; how it ends has to be reported with this permit.
         *
         * @param round rises whenever a pause begins: a call from before it says nothing about what comes after
         */
        record Call(long round) implements Permit {}

        /** Not before that long. */
        record Pause(Duration length) implements Permit {}
    }

    private final Consumer<Duration> paused;
    private final InstantSource clock;

    private long round;
    private int failures;
    private boolean probing;
    private Duration pause = Duration.ZERO;
    private Instant pauseUntil = Instant.MIN;

    /** {@code paused} is told the length of each pause that begins. */
    CircuitBreaker(Consumer<Duration> paused, InstantSource clock) {
        this.paused = paused;
        this.clock = clock;
    }

    synchronized Permit ask() {
        var now = clock.instant();
        if (now.isBefore(pauseUntil)) {
            return new Permit.Pause(Duration.between(now, pauseUntil));
        }
        if (probing) {
            return new Permit.Pause(SHORTEST);
        }
        probing = pause.isPositive();
        return new Permit.Call(round);
    }

    synchronized void succeeded(Permit.Call call) {
        if (call.round() == round) {
            failures = 0;
            probing = false;
            pause = Duration.ZERO;
        }
    }

    /** {@code retryAfter} is how long we were asked to wait, null when we were not. It holds for everybody. */
    synchronized void failed(Permit.Call call, @Nullable Duration retryAfter) {
        var asked = retryAfter == null ? Duration.ZERO : retryAfter;
        if (call.round() == round) {
            failures++;
            if (probing || asked.isPositive() || failures >= FAILURES_IN_A_ROW) {
                beginPause(asked);
            }
        } else if (asked.isPositive()) {
            pauseUntil = later(pauseUntil, clock.instant().plus(asked));
        }
    }

    /** The call ended in an exception, which says nothing. */
    synchronized void abandoned(Permit.Call call) {
        if (call.round() == round) {
            probing = false;
        }
    }

    private void beginPause(Duration atLeast) {
        round++;
        failures = 0;
        probing = false;
        pause = pause.isZero() ? SHORTEST : shorter(pause.multipliedBy(2), LONGEST);
        var length = shorter(pause, atLeast).equals(pause) ? atLeast : pause;
        pauseUntil = later(pauseUntil, clock.instant().plus(length));
        paused.accept(length);
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
