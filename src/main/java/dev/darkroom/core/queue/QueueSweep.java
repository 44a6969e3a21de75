package dev.darkroom.core.queue;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.queue.WaitingRows.Waiting;
import dev.darkroom.core.ratelimit.SubmissionGate.Dequeue;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.sweep.HeldRows;
import dev.darkroom.core.sweep.StepSource;
import dev.darkroom.core.sweep.SweepContext;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Submits the queued rows of a provider, one sweep at a time. */
public final class QueueSweep implements StepSource<Optional<Generation>> {

    /** A row that may be submitted only after a longer wait is left to a later sweep. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private final ProviderId provider;
    private final QueueSteps queue;
    private final SweepContext context;
    private final QueueListing listing;
    private final QueueGauge gauge;
    private final QueueRecount recount = new QueueRecount();
    private final WaitingRows waiting = new WaitingRows();
    private final Map<GenerationId, Waiting> submitting = new HashMap<>();
    private final UnreadRows unread = new UnreadRows(id -> waiting.contains(id) || submitting.containsKey(id));

    public QueueSweep(ProviderId provider, QueueSteps queue, SweepContext context) {
        this.provider = provider;
        this.queue = queue;
        this.context = context;
        this.listing = new QueueListing(provider, context.generations());
        this.gauge = new QueueGauge(provider, context.generations());
    }

    @Override
    public Queue partition() {
        return new Queue(provider);
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
        recount.recount(waiting, !listing.hasMore() && unread.isDone(), queue, now());
        unread.begin(now());
        listing.list(id -> unread.show(id, now()), () -> unread.isEmpty() && isBlocked());
        gauge.observe(waiting, queue);
    }

    private boolean isBlocked() {
        return waiting.size() < context.limits().rows() && waiting.next(now()).isEmpty();
    }

    @Override
    public Next<Optional<Generation>> next() {
        var next = unread.take();
        if (next.isPresent()) {
            return new Next.Start<>(next.get(), () -> queue.read(next.get()));
        }
        if (unread.isReading()) {
            return new Next.Wait<>(Instant.MAX);
        }
        return waiting.next(now()).map(this::submit).orElseGet(this::nothingToSubmit);
    }

    private Next<Optional<Generation>> submit(Waiting row) {
        return switch (queue.tryDequeue(row, others())) {
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

    /** How many rows are known to wait besides the next one. */
    private int others() {
        return waiting.size() - 1 + unread.retries() + (listing.hasMore() ? 1 : 0);
    }

    private Next<Optional<Generation>> nothingToSubmit() {
        if (waiting.size() > 0) {
            return waitUntil(waiting.nextAt(now()));
        }
        boolean isDone = submitting.isEmpty() && !listing.hasMore() && !unread.anyShown() && queue.isDrained();
        return isDone ? new Next.Drained<>() : new Next.Wait<>(Instant.MAX);
    }

    private Next<Optional<Generation>> waitUntil(Instant time) {
        return time.isAfter(now().plus(MAX_WAIT)) && submitting.isEmpty() && unread.retries() == 0
                ? new Next.Drained<>()
                : new Next.Wait<>(time);
    }

    @Override
    public Effect completed(GenerationId id, Optional<Optional<Generation>> end) {
        boolean read = unread.completed(id);
        var submitted = submitting.remove(id);
        if (end.isEmpty()) {
            unread.failed(id, now());
            return read ? Effect.NONE : Effect.DEFERRED;
        }
        var row = end.get();
        row.ifPresent(this::await);
        if (row.isEmpty()) {
            unread.unreadable(id, now());
        } else if (!read || !waiting.contains(id)) {
            unread.succeeded(id);
        }
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
