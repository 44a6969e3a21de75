package dev.darkroom.application;

import dev.darkroom.application.SubmissionGateStore.Stored;
import dev.darkroom.domain.SubmissionGate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The one submission gate of all processes, changed by compare and set. Nothing is written as long as there is nothing to
 * remember: no rate, no queue and no open circuit.
 */
public final class SharedGate {

    /** What was read so long ago says nothing of now; what is a little old only means a write that is refused. */
    private static final Duration CACHE_TTL = Duration.ofSeconds(1);

    private final SubmissionGateStore store;
    private final GenerationEvents events;
    private final IntConsumer backOff;
    private final InstantSource clock;
    private volatile @Nullable Cached cached;

    /** {@code backOff} waits for a random time that grows with the number of waits in a row, which it is given: from 1. */
    public SharedGate(SubmissionGateStore store, GenerationEvents events, IntConsumer backOff, InstantSource clock) {
        this.store = store;
        this.events = events;
        this.backOff = backOff;
        this.clock = clock;
    }

    record Change<T>(T result, SubmissionGate after) {}

    private record Cached(Stored stored, Instant at) {}

    /** As it was a second ago at most. */
    SubmissionGate current() {
        return recent().gate();
    }

    /** Changes it and returns it; leaves it as it is, and returns nothing, when the store does not answer. */
    Optional<SubmissionGate> settle(UnaryOperator<SubmissionGate> change) {
        try {
            return Optional.of(update(gate -> {
                var after = change.apply(gate);
                return new Change<>(after, after);
            }));
        } catch (StoreUnavailableException e) {
            events.gateNotUpdated(e);
            return Optional.empty();
        }
    }

    /** A writer that was second decides again, by what the first has left. */
    <T> T update(Function<SubmissionGate, Change<T>> decision) {
        return update(recent(), decision);
    }

    /** The decision is made by what is stored now. */
    <T> T updateLatest(Function<SubmissionGate, Change<T>> decision) {
        return update(cache(store.read()), decision);
    }

    private <T> T update(Stored known, Function<SubmissionGate, Change<T>> decision) {
        var before = known;
        for (int refused = 1; ; refused++) {
            var change = decision.apply(before.gate());
            if (change.after().equals(before.gate())) {
                return change.result();
            }
            var next = before.followedBy(change.after());
            var other = store.replace(next);
            before = cache(other.orElse(next));
            if (other.isEmpty()) {
                return change.result();
            }
            if (refused > 1) {
                before = afterBackOff(refused - 1);
            }
        }
    }

    /** Many write: what was known before the wait is old after it, and a write by it would be refused again. */
    private Stored afterBackOff(int refused) {
        backOff.accept(refused);
        return cache(store.read());
    }

    private Stored recent() {
        var last = cached;
        boolean fresh = last != null && clock.instant().isBefore(last.at().plus(CACHE_TTL));
        return last != null && fresh ? last.stored() : cache(store.read());
    }

    private Stored cache(Stored stored) {
        cached = new Cached(stored, clock.instant());
        return stored;
    }
}
