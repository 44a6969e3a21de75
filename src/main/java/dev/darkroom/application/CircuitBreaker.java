package dev.darkroom.application;

import dev.darkroom.domain.Circuit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Circuit} around one kind of free call, for the whole process. What a call is about can be broken by itself: its
 * first sign of an outage counts, further ones do not, and it is not the probe while others wait for one. While others are
 * answered, one sign is never enough, and a failed probe does not lengthen the pause.
 */
final class CircuitBreaker<K> {

    private static final int THRESHOLD = 5;
    private static final Duration OTHERS_FIRST = Duration.ofSeconds(1);

    /** Of others that were answered so long ago, a failed probe may be the exception. */
    private static final Duration LATELY = Duration.ofSeconds(5);

    private static final int MAX_FAILING = 10_000;

    private final Consumer<Duration> opened;
    private final InstantSource clock;

    /** What failed since it was last answered: by a sign of an outage if there was one, else for reasons of its own. */
    private final Map<K, Health> failing = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Health> eldest) {
            return size() > MAX_FAILING;
        }
    };

    private Circuit circuit = Circuit.CLOSED;
    private Instant answeredAt = Instant.EPOCH;

    /** {@code opened} is given the length of each pause that begins. */
    CircuitBreaker(Consumer<Duration> opened, InstantSource clock) {
        this.opened = opened;
        this.clock = clock;
    }

    /** What an outcome says of the other side. */
    sealed interface Health {
        record Answered() implements Health {}

        record Outage(@Nullable Duration retryAfter) implements Health {}

        /** The call failed, which says nothing of others. */
        record Unclear() implements Health {}
    }

    /** Calls, unless the circuit is open: then {@code whenOpen} is given how long. */
    <T> T call(K about, Supplier<T> call, Function<Duration, T> whenOpen, Function<T, Health> health) {
        var sentAt = clock.instant();
        var pause = admit(about, sentAt);
        if (pause.isPositive()) {
            return whenOpen.apply(pause);
        }
        Health seen = new Health.Unclear();
        try {
            var outcome = call.get();
            seen = health.apply(outcome);
            return outcome;
        } finally {
            settle(about, sentAt, seen);
        }
    }

    private synchronized Duration admit(K about, Instant now) {
        var admitsAt = circuit.isClosed() || !failing.containsKey(about)
                ? circuit.admitsAt(now)
                : circuit.admitsAt(now).plus(OTHERS_FIRST);
        if (now.isBefore(admitsAt)) {
            return Duration.between(now, admitsAt);
        }
        circuit = circuit.admitted(now);
        return Duration.ZERO;
    }

    private synchronized void settle(K about, Instant sentAt, Health seen) {
        var now = clock.instant();
        circuit = switch (seen) {
            case Health.Answered() -> {
                failing.remove(about);
                answeredAt = now;
                yield circuit.succeeded(sentAt);
            }
            case Health.Unclear() -> {
                failing.putIfAbsent(about, seen);
                yield sentAt.isAfter(circuit.openedAt()) ? circuit.released() : circuit;
            }
            case Health.Outage(var retryAfter) -> {
                boolean isKnown = failing.put(about, seen) instanceof Health.Outage;
                yield failed(isKnown, sentAt, retryAfter, now);
            }
        };
    }

    private Circuit failed(boolean isKnown, Instant sentAt, @Nullable Duration retryAfter, Instant now) {
        var before = circuit;
        boolean othersAreAnswered = now.isBefore(answeredAt.plus(LATELY));
        boolean saysNothingNew = isKnown || (othersAreAnswered && !before.isClosed());
        if (saysNothingNew && sentAt.isAfter(before.openedAt())) {
            return before.repeated(retryAfter, now);
        }
        int threshold = retryAfter == null || othersAreAnswered ? THRESHOLD : 1;
        var after = retryAfter == null || before.isClosed()
                ? before.failed(sentAt, threshold, retryAfter, now)
                : before.refused(sentAt, retryAfter, now);
        if (after.openings() > before.openings()) {
            opened.accept(Duration.between(now, after.openUntil()));
        }
        return after;
    }
}
