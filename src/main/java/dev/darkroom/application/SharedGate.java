package dev.darkroom.application;

import dev.darkroom.application.SubmissionGateStore.Stored;
import dev.darkroom.application.SubmissionGateStore.Write;
import dev.darkroom.domain.Owner;
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
 * The one submission gate of all processes. Requests join those that wait by a write that adds to it; everything else changes
 * it by compare and set. Nothing is written as long as there is nothing to remember: no rate, no queue and no open circuit.
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

    /** What is decided, by a gate as it is known. */
    sealed interface Change<T> {
        /** The gate becomes another one, if it is still as it was known; nothing is written if that is the same. */
        record Replacement<T>(T result, SubmissionGate after) implements Change<T> {}

        /** A request joins those that wait, whatever has changed; {@code result} is read from the gate as it is after that. */
        record Joining<T>(Owner owner, long maxRound, Function<SubmissionGate, T> result) implements Change<T> {}
    }

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
                return new Change.Replacement<>(after, after);
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
            if (change instanceof Change.Replacement<T>(var result, var after) && after.equals(before.gate())) {
                return result;
            }
            switch (write(before, change)) {
                case Write.Done(var after) -> {
                    cache(after);
                    return result(change, after.gate());
                }
                case Write.Refused(var because) -> before = refused == 1 ? cache(because) : afterBackOff(refused - 1);
            }
        }
    }

    private Write write(Stored before, Change<?> change) {
        return switch (change) {
            case Change.Replacement<?>(var _, var after) -> store.replace(before.followedBy(after));
            case Change.Joining<?>(var owner, var maxRound, var _) -> store.enqueue(owner, maxRound, clock.instant());
        };
    }

    private static <T> T result(Change<T> change, SubmissionGate after) {
        return switch (change) {
            case Change.Replacement<T>(var result, var _) -> result;
            case Change.Joining<T>(var _, var _, var result) -> result.apply(after);
        };
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
