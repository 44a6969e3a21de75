package dev.darkroom.application;

import dev.darkroom.domain.Circuit;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Circuit} around one kind of free call, for the whole process. What a call is about can be broken by itself: its
 * first failure counts, further ones do not, and it is not the probe while others wait for one.
 */
final class CircuitBreaker<K> {

    private static final int THRESHOLD = 5;
    private static final Duration OTHERS_FIRST = Duration.ofSeconds(1);
    private static final int MAX_FAILING = 10_000;

    private final Consumer<Duration> opened;
    private final InstantSource clock;
    private final Set<K> failing = Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Boolean> eldest) {
            return size() > MAX_FAILING;
        }
    });
    private Circuit circuit = Circuit.CLOSED;

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
        var admitsAt = circuit.isClosed() || !failing.contains(about)
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
                yield circuit.succeeded(sentAt);
            }
            case Health.Unclear() -> {
                failing.add(about);
                yield sentAt.isAfter(circuit.openedAt()) ? circuit.released() : circuit;
            }
            case Health.Outage(var retryAfter) ->
                failing.add(about)
                        ? failed(circuit, sentAt, retryAfter, now)
                        : sentAt.isAfter(circuit.openedAt()) ? circuit.repeated(now) : circuit;
        };
    }

    private Circuit failed(Circuit before, Instant sentAt, @Nullable Duration retryAfter, Instant now) {
        var after = before.failed(sentAt, retryAfter == null ? THRESHOLD : 1, retryAfter, now);
        if (after.openings() > before.openings()) {
            opened.accept(Duration.between(now, after.openUntil()));
        }
        return after;
    }
}
