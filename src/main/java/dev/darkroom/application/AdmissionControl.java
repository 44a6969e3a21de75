package dev.darkroom.application;

import dev.darkroom.application.SharedGate.Change;
import dev.darkroom.domain.Circuit;
import dev.darkroom.domain.FairQueue;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.QueuePosition;
import dev.darkroom.domain.RateLimits;
import dev.darkroom.domain.State;
import dev.darkroom.domain.SubmissionGate;
import dev.darkroom.domain.SubmissionGate.Demand;
import dev.darkroom.domain.SubmissionGate.Dequeue;
import dev.darkroom.domain.SubmissionGate.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what may be submitted when, and remembers what the provider said to it. What asks throws
 * {@link StoreUnavailableException} when the store does not answer; what only settles does not, because the row is stored by
 * then, and a gate that missed it costs one more refused call.
 */
public final class AdmissionControl {

    private final SharedGate shared;
    private final GenerationContext context;
    private final RateLimits limits;

    public AdmissionControl(SharedGate shared, GenerationContext context, RateLimits limits) {
        this.shared = shared;
        this.context = context;
        this.limits = limits;
    }

    Entry enter(Demand demand) {
        return shared.update(gate -> switch (gate.enter(demand, context.now(), limits)) {
            case Entry.Admitted admitted -> new Change.Replacement<>(admitted, admitted.after());
            case Entry.Queued _ ->
                enqueue(
                        demand.owner(),
                        gate,
                        gate.queue().maxRound(limits),
                        after -> new Entry.Queued(after, after.queue().lastRoundOf(demand.owner())));
            case Entry.QueueFull full -> new Change.Replacement<>(full, gate);
        });
    }

    /** The first request that waits does so only if the gate is still as it was known: it might be admitted instead. */
    private <T> Change<T> enqueue(Owner owner, SubmissionGate gate, long maxRound, Function<SubmissionGate, T> result) {
        var queue = gate.queue();
        if (!queue.isEmpty()) {
            return new Change.Joining<>(owner, maxRound, result);
        }
        var after = gate.with(queue.enqueue(owner, context.now()));
        return new Change.Replacement<>(result.apply(after), after);
    }

    /** The request that waits in this round, the lowest of those that wait; {@code others} more are known to. */
    Dequeue tryDequeue(Demand demand, long round, int others) {
        return shared.update(gate -> switch (gate.dequeue(round, others, demand, context.now(), limits)) {
            case Dequeue.Admitted admitted -> new Change.Replacement<>(admitted, admitted.after());
            case Dequeue limited -> new Change.Replacement<>(limited, gate);
        });
    }

    /** What was admitted is not sent. */
    void release(Demand demand) {
        shared.settle(gate -> gate.released(demand, limits));
    }

    /** The provider answered what was sent at {@code sentAt}. */
    void onAnswer(Demand demand, Instant sentAt) {
        shared.settle(gate -> gate.changing(demand.upstreamPath(), circuit -> circuit.succeeded(sentAt)));
    }

    /** What was sent has no known outcome, which says nothing of what comes after. */
    void onUnknown(Demand demand) {
        shared.settle(gate -> gate.changing(demand.upstreamPath(), Circuit::released));
    }

    /** The provider refused what was sent at {@code sentAt}, so that nothing was created. */
    void onRefusal(Demand demand, @Nullable Duration retryAfter, Instant sentAt) {
        var path = demand.upstreamPath();
        shared.settle(gate -> gate.refused(path, retryAfter, sentAt, context.now()))
                .map(gate -> Duration.between(context.now(), gate.circuit(path).openUntil()))
                .filter(Duration::isPositive)
                .ifPresent(context.events()::providerPaused);
    }

    /** What was admitted waits again: in the round that it had, or, if it had none (0), behind its owner's others. */
    long requeue(Demand demand, long round) {
        var owner = demand.owner();
        return shared.update(gate -> round == 0
                ? enqueue(owner, gate, Long.MAX_VALUE, after -> after.queue().lastRoundOf(owner))
                : new Change.Replacement<>(round, gate.with(gate.queue().requeue(context.now()))));
    }

    /** What was admitted in this round waits in it as before. */
    void keepWaiting(long round) {
        shared.settle(gate -> round == 0 ? gate : gate.with(gate.queue().requeue(context.now())));
    }

    /** What was to wait in this round does so already, in another one. */
    void cancel(Demand demand, long round) {
        shared.settle(gate -> gate.with(gate.queue().cancel(demand.owner(), round)));
    }

    /** What waits in this round is over without a submission. */
    void leave(long round) {
        shared.settle(gate -> round == 0 ? gate : gate.with(gate.queue().dequeue(round)));
    }

    /** The index shows no request; false when one was queued a moment ago, which it may show soon. */
    boolean drained() {
        return shared.updateLatest(gate -> {
            var queue = gate.queue().drained(context.now());
            return new Change.Replacement<>(queue.lastQueuedAt() == null, gate.with(queue));
        });
    }

    /** Returns the queue as it is then. */
    FairQueue recount(FairQueue before, Map<Owner, Long> waiting) {
        return shared.update(gate -> {
            var queue = gate.queue().recount(before, waiting);
            return new Change.Replacement<>(queue, gate.with(queue));
        });
    }

    int queueLength() {
        return shared.current().queue().length();
    }

    /** Where a row waits; empty when it does not, or when that is not known at the moment: it never throws. */
    Optional<QueuePosition> positionOf(Generation row) {
        try {
            return row.state() instanceof State.Queued queued
                    ? Optional.of(
                            shared.current().position(row.caller().owner(), queued.round(), context.now(), limits))
                    : Optional.empty();
        } catch (StoreUnavailableException _) {
            // The row is stored, and its id is worth more than its position.
            return Optional.empty();
        }
    }
}
