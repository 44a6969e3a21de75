package dev.darkroom.application;

import dev.darkroom.application.WaitingRows.Waiting;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import dev.darkroom.domain.SubmissionGate.Dequeue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/** Submits what waits in the queue, one sweep at a time for the whole gateway. */
final class QueueSweep implements StepSource<Optional<Generation>> {

    /** What may only be submitted later than that is left to a later sweep. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    private final QueueSteps queue;
    private final SweepContext context;
    private final QueueListing listing;
    private final QueueGauge gauge;
    private final WaitingRows waiting = new WaitingRows();
    private final Queue<GenerationId> unread = new ArrayDeque<>();
    private final Set<GenerationId> reading = new HashSet<>();
    private final Map<GenerationId, Waiting> submitting = new HashMap<>();
    private final Map<GenerationId, Instant> retryAt = new HashMap<>();

    QueueSweep(QueueSteps queue, SweepContext context) {
        this.queue = queue;
        this.context = context;
        this.listing = new QueueListing(context.generations());
        this.gauge = new QueueGauge(context.generations());
    }

    @Override
    public Shard shard() {
        return Shard.QUEUE;
    }

    @Override
    public int concurrency() {
        return context.limits().submissions();
    }

    @Override
    public boolean hasWork() {
        return !listing.isEmpty() || !queue.isDrained();
    }

    @Override
    public void discover() {
        listing.list(this::read, () -> unread.isEmpty() && isBlocked());
        gauge.observe(waiting, queue);
    }

    private boolean isBlocked() {
        return waiting.size() < context.limits().rows() && waiting.next(now()).isEmpty();
    }

    private void read(GenerationId id) {
        boolean known = waiting.contains(id) || reading.contains(id) || submitting.containsKey(id);
        if (!known && !now().isBefore(retryAt.getOrDefault(id, Instant.MIN))) {
            reading.add(id);
            unread.add(id);
        }
    }

    @Override
    public Next<Optional<Generation>> next() {
        if (!unread.isEmpty()) {
            var id = unread.remove();
            return new Next.Start<>(id, () -> queue.read(id));
        }
        if (!reading.isEmpty()) {
            return new Next.Wait<>(Instant.MAX);
        }
        return waiting.next(now()).map(this::submit).orElseGet(this::nothingToSubmit);
    }

    private Next<Optional<Generation>> submit(Waiting row) {
        return switch (queue.admit(row)) {
            case Dequeue.Admitted _ -> {
                waiting.submitted(row);
                submitting.put(row.id(), row);
                yield new Next.Start<>(row.id(), () -> queue.submit(row));
            }
            case Dequeue.RateLimited(var at) -> waitUntil(at);
            case Dequeue.CircuitOpen(var at) -> {
                waiting.open(row.demand().upstreamPath(), at);
                yield next();
            }
        };
    }

    private Next<Optional<Generation>> nothingToSubmit() {
        if (waiting.size() > 0) {
            return waitUntil(waiting.nextAt(now()));
        }
        boolean isDone = submitting.isEmpty() && !listing.hasMore() && queue.isDrained();
        return isDone ? new Next.Drained<>() : new Next.Wait<>(Instant.MAX);
    }

    private Next<Optional<Generation>> waitUntil(Instant time) {
        return time.isAfter(now().plus(MAX_WAIT)) && submitting.isEmpty()
                ? new Next.Drained<>()
                : new Next.Wait<>(time);
    }

    @Override
    public Effect completed(GenerationId id, Optional<Optional<Generation>> end) {
        boolean read = reading.remove(id);
        var submitted = submitting.remove(id);
        if (end.isEmpty()) {
            retryAt.put(id, now().plus(RETRY_DELAY));
            return read ? Effect.NONE : Effect.DEFERRED;
        }
        var row = end.get();
        row.ifPresent(this::await);
        if (submitted != null && !waiting.contains(id)) {
            waiting.close(submitted.demand().upstreamPath());
        }
        boolean ended = row.filter(after -> after.state().status().isTerminal()).isPresent();
        return ended ? Effect.FINISHED : read ? Effect.NONE : Effect.EXECUTED;
    }

    private void await(Generation row) {
        if (row.state() instanceof State.Queued queued) {
            var known = row.request().input().length() <= HeldRows.MAX_INPUT ? row : null;
            queue.demandOf(row)
                    .ifPresent(demand -> waiting.add(new Waiting(row.id(), row.createdAt(), queued, demand, known)));
        }
    }

    private Instant now() {
        return context.generations().now();
    }
}
