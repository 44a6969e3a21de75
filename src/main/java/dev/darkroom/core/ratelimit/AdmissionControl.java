package dev.darkroom.core.ratelimit;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.circuit.Circuit;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.ratelimit.SharedGate.Change;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.ratelimit.SubmissionGate.Dequeue;
import dev.darkroom.core.ratelimit.SubmissionGate.Entry;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationListener.ProviderCall;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a request may be submitted to one provider, and records the provider's answers. Methods that decide
 * throw {@link StoreUnavailableException} when the store does not answer. Methods that only record do not throw it: the
 * row is stored by then, and a missed update costs one more refused call.
 */
public final class AdmissionControl {

    private final ProviderId provider;
    private final SharedGate shared;
    private final GenerationContext context;
    private final RateLimits limits;

    public AdmissionControl(ProviderId provider, SharedGate shared, GenerationContext context, RateLimits limits) {
        this.provider = provider;
        this.shared = shared;
        this.context = context;
        this.limits = limits;
    }

    public Entry enter(Demand demand) {
        var entry = shared.update(gate -> entering(demand, gate));
        // A cached copy may not know of a place that has become free, such as that of a cancelled request.
        return entry instanceof Entry.QueueFull ? shared.updateLatest(gate -> entering(demand, gate)) : entry;
    }

    private Change<Entry> entering(Demand demand, SubmissionGate gate) {
        return switch (gate.enter(demand, context.now(), limits)) {
            case Entry.Admitted admitted -> new Change.Replacement<>(admitted, admitted.after());
            case Entry.Queued _ ->
                enqueue(
                        demand.owner(),
                        gate,
                        gate.queue().maxRound(limits),
                        after -> new Entry.Queued(after, after.queue().lastRoundOf(demand.owner())));
            case Entry.QueueFull full -> new Change.Replacement<>(full, gate);
        };
    }

    /**
     * Enqueues into an empty queue only if the gate is unchanged, because a changed gate might admit the request
     * instead.
     */
    private <T> Change<T> enqueue(Owner owner, SubmissionGate gate, long maxRound, Function<SubmissionGate, T> result) {
        var queue = gate.queue();
        if (!queue.isEmpty()) {
            return new Change.Joining<>(owner, maxRound, result);
        }
        var after = gate.with(queue.enqueue(owner, context.now()));
        return new Change.Replacement<>(result.apply(after), after);
    }

    /** Decides on the request that waits in this round, the lowest of all; {@code others} more are known to wait. */
    public Dequeue tryDequeue(Demand demand, long round, int others) {
        return shared.update(gate -> switch (gate.dequeue(round, others, demand, context.now(), limits)) {
            case Dequeue.Admitted admitted -> new Change.Replacement<>(admitted, admitted.after());
            case Dequeue limited -> new Change.Replacement<>(limited, gate);
        });
    }

    /** The admitted request was not sent. */
    public void release(Demand demand) {
        shared.tryUpdate(gate -> gate.released(demand, limits));
    }

    /** The provider answered the request that was sent at {@code sentAt}. */
    public void onAnswer(Demand demand, Instant sentAt) {
        shared.tryUpdate(gate -> gate.changing(demand.upstreamPath(), circuit -> circuit.succeeded(sentAt)));
    }

    /** The outcome of the sent request is unknown, which says nothing about later requests. */
    public void onUnknown(Demand demand) {
        shared.tryUpdate(gate -> gate.changing(demand.upstreamPath(), Circuit::released));
    }

    /** The provider refused the request that was sent at {@code sentAt}, and created nothing. */
    public void onThrottled(Demand demand, @Nullable Duration retryAfter, Instant sentAt) {
        var path = demand.upstreamPath();
        shared.tryUpdate(gate -> gate.refused(path, retryAfter, sentAt, context.now()))
                .map(gate -> Duration.between(context.now(), gate.circuit(path).openUntil()))
                .filter(Duration::isPositive)
                .ifPresent(pause -> context.listener().circuitOpened(provider, ProviderCall.SUBMIT, pause));
    }

    /** The admitted request waits again: in its round, or, if it had none (0), behind its owner's other requests. */
    public long requeue(Demand demand, long round) {
        var owner = demand.owner();
        return shared.update(gate -> round == 0
                ? enqueue(owner, gate, Long.MAX_VALUE, after -> after.queue().lastRoundOf(owner))
                : new Change.Replacement<>(round, gate.with(gate.queue().requeue(context.now()))));
    }

    /** The request that was admitted in this round keeps waiting in it. */
    public void keepWaiting(long round) {
        shared.tryUpdate(gate -> round == 0 ? gate : gate.with(gate.queue().requeue(context.now())));
    }

    /**
     * No request of the owner waits in this round any more: it was cancelled, or it was stored before under its id. It
     * does nothing for round 0, in which no request waits.
     */
    public void cancelRound(Owner owner, long round) {
        shared.tryUpdate(gate -> round == 0 ? gate : gate.with(gate.queue().cancelRound(owner, round)));
    }

    /** The request in this round has ended without a submission. */
    public void leave(long round) {
        shared.tryUpdate(gate -> round == 0 ? gate : gate.with(gate.queue().dequeue(round)));
    }

    /** The index shows no queued request; false when one was enqueued a moment ago and may show up soon. */
    public boolean drained() {
        return shared.updateLatest(gate -> {
            var queue = gate.queue().drained(context.now());
            return new Change.Replacement<>(queue.lastQueuedAt() == null, gate.with(queue));
        });
    }

    /** Returns the queue after the recount. */
    public FairQueue recount(FairQueue before, Map<Owner, Long> waiting) {
        return shared.update(gate -> {
            var queue = gate.queue().recount(before, waiting);
            return new Change.Replacement<>(queue, gate.with(queue));
        });
    }

    public int queueLength() {
        return shared.current().queue().length();
    }

    /**
     * The position that a new request would have in the queue; empty when it would be submitted at once. It reserves
     * nothing.
     */
    public Optional<QueuePosition> positionOfNext(Demand demand) {
        var gate = shared.current();
        var now = context.now();
        return switch (gate.enter(demand, now, limits)) {
            case Entry.Admitted _ -> Optional.empty();
            case Entry.Queued(var after, var round) -> Optional.of(after.position(demand.owner(), round, now, limits));
            case Entry.QueueFull _ ->
                Optional.of(gate.position(demand.owner(), gate.queue().lastRoundOf(demand.owner()) + 1, now, limits));
        };
    }

    /**
     * The row's position in the queue; empty when the row is not queued or the store does not answer. It never throws.
     */
    public Optional<QueuePosition> positionOf(Generation row) {
        try {
            return row.state() instanceof State.Queued queued
                    ? Optional.of(shared.current().position(row.owner(), queued.round(), context.now(), limits))
                    : Optional.empty();
        } catch (StoreUnavailableException _) {
            // The row is stored, and its caller needs the id more than the position.
            return Optional.empty();
        }
    }
}
