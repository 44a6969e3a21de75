package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What may be submitted to the provider now, and what waits: one for the whole gateway.
 *
 * @param circuits by upstream path, those that are not closed: one model that is refused stops no other
 */
public record SubmissionGate(RateLimiter rate, Map<String, Circuit> circuits, FairQueue queue) {

    public static final SubmissionGate UNUSED = new SubmissionGate(RateLimiter.UNUSED, Map.of(), FairQueue.EMPTY);

    /** A sweep that is late by so much makes up for it. */
    private static final Duration CATCH_UP = Duration.ofSeconds(2);

    private static final Duration ROUND = Duration.ofSeconds(1);

    public SubmissionGate {
        circuits = Map.copyOf(circuits);
    }

    /** What one request asks for. */
    public record Demand(Owner owner, String upstreamPath, int images) {}

    /** What becomes of a new request. */
    public sealed interface Entry {
        /** It is submitted now; its share of the rate is spent. */
        record Admitted(SubmissionGate after) implements Entry {}

        /** It waits, in this round. */
        record Queued(SubmissionGate after, long round) implements Entry {}

        /** Its owner has as many waiting as the limits allow; {@code retryAfter} is an estimate. */
        record QueueFull(Duration retryAfter) implements Entry {}
    }

    /** What becomes of a request that waits. */
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

    /** A new request: submitted at once only if none waits. */
    public Entry enter(Demand demand, Instant now, RateLimits limits) {
        if (queue.isEmpty() && dequeue(0, 0, demand, now, limits) instanceof Dequeue.Admitted) {
            return new Entry.Admitted(admitted(demand, now, now, limits));
        }
        return queue.isFull(demand.owner(), limits)
                ? new Entry.QueueFull(untilNextRound(now, limits))
                : new Entry.Queued(with(queue.enqueue(demand.owner(), now)), queue.lastRoundOf(demand.owner()) + 1);
    }

    /**
     * The request that waits in this round, 0 for one that was never enqueued.
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
        var after = admitted(demand, now.minus(CATCH_UP), now, limits);
        return new Dequeue.Admitted(round == 0 ? after : after.with(queue.dequeue(demand.owner(), round, others)));
    }

    /** What was admitted was not sent. */
    public SubmissionGate released(Demand demand, RateLimits limits) {
        return changing(demand.upstreamPath(), Circuit::released).with(rate.giveBack(demand.images(), limits));
    }

    /** The provider refused what was sent at {@code sentAt}, so that nothing was created. */
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

    /** Where a request of the owner's waits in this round. */
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
