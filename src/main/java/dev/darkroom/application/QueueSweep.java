package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Cursor;
import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.application.GenerationStore.Page;
import dev.darkroom.application.WaitingRows.Waiting;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import dev.darkroom.domain.SubmissionGate.Demand;
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

    /** So many entries are listed at once; further ones only when none of them may be submitted. */
    private static final int PAGE = 200;

    /** What may only be submitted later than that is left to a later sweep. */
    private static final Duration MAX_WAIT = Duration.ofMinutes(1);

    private static final Duration REPORT = Duration.ofMinutes(1);
    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);
    private static final int MAX_HELD_INPUT = 1_000;

    private final PaidCall paidCall;
    private final AdvanceGeneration advance;
    private final ModelCatalogue catalogue;
    private final SweepContext context;
    private final WaitingRows waiting = new WaitingRows();
    private final Queue<GenerationId> unread = new ArrayDeque<>();
    private final Set<GenerationId> reading = new HashSet<>();
    private final Map<GenerationId, Waiting> submitting = new HashMap<>();
    private final Map<GenerationId, Instant> retryAt = new HashMap<>();
    private Optional<Cursor> cursor = Optional.empty();
    private Instant reportAt = Instant.MIN;

    QueueSweep(PaidCall paidCall, AdvanceGeneration advance, ModelCatalogue catalogue, SweepContext context) {
        this.paidCall = paidCall;
        this.advance = advance;
        this.catalogue = catalogue;
        this.context = context;
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
        return !list(Optional.empty(), 1).rows().isEmpty() || !paidCall.isQueueDrained();
    }

    @Override
    public boolean leavesWork() {
        return hasWork();
    }

    /** The lowest rounds, and beyond them when all that are known have to wait. */
    @Override
    public void discover() {
        var head = list(Optional.empty(), PAGE);
        head.rows().forEach(this::read);
        boolean blocked = waiting.size() > 0 && waiting.next(now()).isEmpty();
        if (!blocked) {
            cursor = head.next();
        } else if (cursor.isPresent() && waiting.size() < context.limits().rows()) {
            var more = list(cursor, PAGE);
            more.rows().forEach(this::read);
            cursor = more.next();
        }
        report();
    }

    private Page list(Optional<Cursor> after, int limit) {
        var page = context.generations().store().queued(after, limit);
        page.unreadable().forEach(context.generations().events()::rowUnreadable);
        return page;
    }

    private void read(DueRow entry) {
        var id = entry.id();
        boolean known = waiting.contains(id) || reading.contains(id) || submitting.containsKey(id);
        if (!known && !now().isBefore(retryAt.getOrDefault(id, Instant.MIN))) {
            reading.add(id);
            unread.add(id);
        }
    }

    private void report() {
        var oldest = waiting.oldest();
        if (oldest.isPresent() && !now().isBefore(reportAt)) {
            reportAt = now().plus(REPORT);
            context.generations()
                    .events()
                    .queueObserved(
                            Math.max(paidCall.queueLength(), waiting.size()), Duration.between(oldest.get(), now()));
        }
    }

    @Override
    public Next<Optional<Generation>> next() {
        if (!unread.isEmpty()) {
            var id = unread.remove();
            return new Next.Start<>(
                    id, () -> context.generations().store().find(id).map(this::attend));
        }
        if (!reading.isEmpty()) {
            return new Next.Wait<>(Instant.MAX);
        }
        return waiting.next(now()).map(this::submit).orElseGet(this::nothingToSubmit);
    }

    /** A row whose time is over ends, and a workflow's task that waits for one that waits gets its heartbeat. */
    private Generation attend(Generation row) {
        if (!(row.state() instanceof State.Queued queued)) {
            return row;
        }
        var after = demandOf(row).isPresent()
                ? advance.advance(row).generation()
                : context.generations().write(row.failed(Failure.modelRemoved(queued), now()));
        if (after.state().status().isTerminal()) {
            paidCall.leaveQueue(queued);
            paidCall.kickForTasks(after);
        }
        return after;
    }

    private Optional<Demand> demandOf(Generation row) {
        return catalogue.demandOf(row.caller().owner(), row.request());
    }

    private Next<Optional<Generation>> submit(Waiting row) {
        return switch (paidCall.admit(row.demand(), row.queued())) {
            case Dequeue.Admitted _ -> {
                waiting.submitted(row);
                submitting.put(row.id(), row);
                yield new Next.Start<>(row.id(), () -> Optional.of(paidCall.submit(whole(row), row.demand())));
            }
            case Dequeue.RateLimited(var at) -> waitUntil(at);
            case Dequeue.CircuitOpen(var at) -> {
                waiting.open(row.demand().upstreamPath(), at);
                yield next();
            }
        };
    }

    private Generation whole(Waiting row) {
        return row.row() != null
                ? row.row()
                : context.generations().store().find(row.id()).orElseThrow();
    }

    private Next<Optional<Generation>> nothingToSubmit() {
        if (waiting.size() > 0) {
            return waitUntil(waiting.nextAt(now()));
        }
        boolean more = !submitting.isEmpty() || cursor.isPresent();
        return more || !paidCall.isQueueDrained() ? new Next.Wait<>(Instant.MAX) : new Next.Drained<>();
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
            retryAt.merge(id, now().plus(RETRY_DELAY), (before, next) -> later(before, next));
            return read ? Effect.NONE : Effect.DEFERRED;
        }
        var row = end.get();
        row.ifPresent(this::await);
        boolean waits =
                row.filter(after -> after.state() instanceof State.Queued).isPresent();
        if (submitted != null && !waits) {
            waiting.close(submitted.demand().upstreamPath());
        }
        boolean ended = row.filter(after -> after.state().status().isTerminal()).isPresent();
        return ended ? Effect.FINISHED : read ? Effect.NONE : Effect.EXECUTED;
    }

    private void await(Generation row) {
        if (row.state() instanceof State.Queued queued) {
            var known = row.request().input().length() <= MAX_HELD_INPUT ? row : null;
            demandOf(row)
                    .ifPresent(demand -> waiting.add(new Waiting(row.id(), row.createdAt(), queued, demand, known)));
        }
    }

    private Instant now() {
        return context.generations().now();
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
