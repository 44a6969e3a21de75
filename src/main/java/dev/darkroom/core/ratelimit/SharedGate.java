package dev.darkroom.core.ratelimit;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Stored;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Write;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The submission gate of one provider, shared by all processes. A request joins a queue that is not empty by an update
 * that adds to the gate; every other change is a compare and set. Nothing is written while there is nothing to
 * remember: no rate, no queue and no open circuit.
 */
public final class SharedGate {

    /** An older copy is read again; a copy that is a little old only costs a refused write. */
    private static final Duration CACHE_TTL = Duration.ofSeconds(1);

    private final SubmissionGateStore store;
    private final GenerationListener listener;
    private final IntConsumer backOff;
    private final InstantSource clock;
    private volatile @Nullable Cached cached;

    /**
     * {@code backOff} waits for a random time that grows with its argument, the number of waits in a row (1 or more).
     */
    public SharedGate(
            SubmissionGateStore store, GenerationListener listener, IntConsumer backOff, InstantSource clock) {
        this.store = store;
        this.listener = listener;
        this.backOff = backOff;
        this.clock = clock;
    }

    /** A decision that is based on a known version of the gate. */
    sealed interface Change<T> {
        /** Replaces the gate with {@code after} if the version is still the known one; equal gates are not written. */
        record Replacement<T>(T result, SubmissionGate after) implements Change<T> {}

        /**
         * Adds a request to a queue that is not empty, whatever else has changed; {@code result} reads the result from
         * the gate as it is then.
         */
        record Joining<T>(Owner owner, long maxRound, Function<SubmissionGate, T> result) implements Change<T> {}
    }

    private record Cached(Stored stored, Instant at) {}

    /** The gate, at most a second old. */
    SubmissionGate current() {
        return recent().gate();
    }

    /** Changes the gate and returns it; empty when the store does not answer, and then the gate stays as it is. */
    Optional<SubmissionGate> tryUpdate(UnaryOperator<SubmissionGate> change) {
        try {
            return Optional.of(update(gate -> {
                var after = change.apply(gate);
                return new Change.Replacement<>(after, after);
            }));
        } catch (StoreUnavailableException e) {
            listener.gateNotUpdated(e);
            return Optional.empty();
        }
    }

    /** If another writer was first, the decision is repeated on the gate that this writer stored. */
    <T> T update(Function<SubmissionGate, Change<T>> decision) {
        return update(recent(), decision);
    }

    /** Decides on the stored gate, not on a cached copy. */
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

    /**
     * Many processes write: a copy from before the wait is outdated, and a write based on it would be refused again.
     */
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
