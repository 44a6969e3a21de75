package dev.darkroom.core.ratelimit;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.circuit.Circuit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What may be submitted to a provider now, and what waits for it: one for each provider.
 *
 * @param circuits by upstream path, those that are not closed; a model that is refused does not stop others
 */
public record SubmissionGate(RateLimiter rate, Map<String, Circuit> circuits, FairQueue queue) {

    public static final SubmissionGate UNUSED = new SubmissionGate(RateLimiter.UNUSED, Map.of(), FairQueue.EMPTY);

    /** A sweep that is late by up to this time catches up. */
    private static final Duration MAX_BURST_DEBT = Duration.ofSeconds(2);

    private static final Duration ROUND = Duration.ofSeconds(1);

    public SubmissionGate {
        circuits = Map.copyOf(circuits);
    }

    /** What one request asks for. */
    public record Demand(Owner owner, String upstreamPath, int images) {}

    /** The decision on a new request. */
    public sealed interface Entry {
        /** The request is submitted now; its share of the rate is spent. */
        record Admitted(SubmissionGate after) implements Entry {}

        /** The request waits in this round. */
        record Queued(SubmissionGate after, long round) implements Entry {}

        /** The owner has as many requests waiting as the limits allow; {@code retryAfter} is an estimate. */
        record QueueFull(Duration retryAfter) implements Entry {}
    }

    /** The decision on a waiting request. */
    public sealed interface Dequeue {
        record Admitted(SubmissionGate after) implements Dequeue {}

        /** No request is submitted before {@code at}. */
        record RateLimited(Instant at) implements Dequeue {}

        /** No request for the same model is submitted before {@code at}. */
        record CircuitOpen(Instant at) implements Dequeue {}
    }

    public Circuit circuit(String upstreamPath) {
        return circuits.getOrDefault(upstreamPath, Circuit.CLOSED);
    }

    /** Decides on a new request, which is submitted at once only if no other waits. */
    public Entry enter(Demand demand, Instant now, RateLimits limits) {
        if (queue.isEmpty() && dequeue(0, 0, demand, now, limits) instanceof Dequeue.Admitted) {
            return new Entry.Admitted(admitted(demand, now, now, limits));
        }
        return queue.isFull(demand.owner(), limits)
                ? new Entry.QueueFull(untilNextRound(now, limits))
                : new Entry.Queued(with(queue.enqueue(demand.owner(), now)), queue.lastRoundOf(demand.owner()) + 1);
    }

    /**
     * Decides on the request that waits in this round, 0 for one that was never enqueued.
     *
     * @param others how many more are known to wait
     */
    public Dequeue dequeue(long round, int others, Demand demand, Instant now, RateLimits limits) {
        if (now.isBefore(rate.opensAt(limits))) {
            return new Dequeue.RateLimited(rate.opensAt(limits));
        }
        var admitsAt = circuit(demand.upstreamPath()).admitsAt(now);
        if (now.isBefore(admitsAt)) {
            return new Dequeue.CircuitOpen(admitsAt);
        }
        var after = admitted(demand, now.minus(MAX_BURST_DEBT), now, limits);
        return new Dequeue.Admitted(round == 0 ? after : after.with(queue.dequeue(demand.owner(), round, others)));
    }

    /** The admitted request was not sent. */
    public SubmissionGate released(Demand demand, RateLimits limits) {
        return changing(demand.upstreamPath(), Circuit::released).with(rate.giveBack(demand.images(), limits));
    }

    /** The provider refused the request that was sent at {@code sentAt}, and created nothing. */
    public SubmissionGate refused(String upstreamPath, @Nullable Duration retryAfter, Instant sentAt, Instant now) {
        return changing(upstreamPath, circuit -> circuit.refused(sentAt, retryAfter, now));
    }

    public SubmissionGate changing(String upstreamPath, UnaryOperator<Circuit> change) {
        var changed = new HashMap<>(circuits);
        var circuit = change.apply(circuit(upstreamPath));
        if (circuit.isClosed()) {
            changed.remove(upstreamPath);
        } else {
            changed.put(upstreamPath, circuit);
        }
        return new SubmissionGate(rate, changed, queue);
    }

    public SubmissionGate with(FairQueue next) {
        return new SubmissionGate(rate, circuits, next);
    }

    /** The queue position of the owner's request in this round. */
    public QueuePosition position(Owner owner, long round, Instant now, RateLimits limits) {
        long ahead = queue.ahead(owner, round);
        var opensAt = later(rate.opensAt(limits), now);
        Optional<Instant> startsAt = limits.interval().map(interval -> opensAt.plus(interval.multipliedBy(ahead)));
        return new QueuePosition(ahead + 1, startsAt);
    }

    private SubmissionGate admitted(Demand demand, Instant earliest, Instant now, RateLimits limits) {
        return changing(demand.upstreamPath(), circuit -> circuit.admitted(now))
                .with(rate.spend(demand.images(), earliest, limits));
    }

    private SubmissionGate with(RateLimiter next) {
        return new SubmissionGate(next, circuits, queue);
    }

    private Duration untilNextRound(Instant now, RateLimits limits) {
        var opens = Duration.between(now, later(rate.opensAt(limits), now.plus(ROUND)));
        return limits.interval()
                .map(interval ->
                        opens.plus(interval.multipliedBy(queue.lastRounds().size())))
                .orElse(opens);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
