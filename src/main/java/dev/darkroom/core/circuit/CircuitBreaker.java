package dev.darkroom.core.circuit;

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
 * The {@link Circuit} around one kind of free call, shared by the whole process. The subject of a call, such as one
 * prediction, can fail by itself. So only the first sign of an outage from each subject counts, and a failing subject
 * waits longer before it may be the probe. While other subjects are answered, one sign never opens the circuit and a
 * failed probe does not lengthen the pause.
 */
public final class CircuitBreaker<K> {

    private static final int THRESHOLD = 5;
    private static final Duration OTHERS_FIRST = Duration.ofSeconds(1);

    /** If another subject was answered within this time, a failed probe may be the exception. */
    private static final Duration LATELY = Duration.ofSeconds(5);

    private static final int MAX_FAILING = 10_000;

    private final Consumer<Duration> opened;
    private final InstantSource clock;

    /**
     * The subjects that have failed since their last answer: with a sign of an outage if there was one, else for their
     * own reasons.
     */
    private final Map<K, Health> failing = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, Health> eldest) {
            return size() > MAX_FAILING;
        }
    };

    private Circuit circuit = Circuit.CLOSED;
    private Instant answeredAt = Instant.EPOCH;

    /** {@code opened} receives the length of each new pause. */
    public CircuitBreaker(Consumer<Duration> opened, InstantSource clock) {
        this.opened = opened;
        this.clock = clock;
    }

    /** What an outcome says about the other side. */
    public sealed interface Health {
        record Answered() implements Health {}

        record Outage(@Nullable Duration retryAfter) implements Health {}

        /** The call failed, which says nothing about other calls. */
        record Unclear() implements Health {}
    }

    /** Makes the call; while the circuit is open, {@code whenOpen} receives the remaining pause instead. */
    public <T> T call(K about, Supplier<T> call, Function<Duration, T> whenOpen, Function<T, Health> health) {
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
            onOutcome(about, sentAt, seen);
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

    private synchronized void onOutcome(K about, Instant sentAt, Health seen) {
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
