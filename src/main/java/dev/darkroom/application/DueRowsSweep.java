package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Cursor;
import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.application.GenerationStore.Page;
import dev.darkroom.application.HeldRows.Held;
import dev.darkroom.application.StepResult.Kind;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** The due rows of a shard. */
final class DueRowsSweep implements StepSource<Optional<StepResult>> {

    /** How often the whole index of the shard is listed; in between only what was written lately is. */
    private static final Duration WHOLE_LISTING = Duration.ofMinutes(1);

    /** How late the index may be, and how wrong the clock of who wrote a row. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** A row may be due for as long as the window of a sweep that holds it is. */
    private static final Duration OVERDUE = Duration.ofMinutes(5);

    /** A row with a longer input is read again for each step: thousands of them would not fit into memory. */
    private static final int MAX_HELD_INPUT = 1_000;

    private final Shard shard;
    private final Instant windowEnd;
    private final Collection<DueRow> announced;
    private final AdvanceGeneration advance;
    private final SweepContext context;
    private final HeldRows rows;
    private Instant listedAt;
    private Instant wholeListingAt = Instant.MIN;
    private Optional<Cursor> cursor = Optional.empty();
    private Instant reportAt = Instant.MIN;
    private boolean listing;
    private boolean dropped;

    /** {@code announced} are due rows of the shard that the index may not show yet. */
    DueRowsSweep(
            Shard shard,
            Instant windowEnd,
            Collection<DueRow> announced,
            AdvanceGeneration advance,
            SweepContext context) {
        this.shard = shard;
        this.windowEnd = windowEnd;
        this.announced = announced;
        this.advance = advance;
        this.context = context;
        this.rows = new HeldRows(windowEnd, Math.max(1, context.limits().concurrency() / 2));
        this.listedAt = now();
    }

    @Override
    public Shard shard() {
        return shard;
    }

    @Override
    public int concurrency() {
        return context.limits().concurrency();
    }

    @Override
    public boolean hasWork() {
        var page = list(
                Instant.EPOCH,
                windowEnd,
                Math.min(rows.settled(), context.limits().rows()) + 1);
        reportOverdue(page);
        return dropped
                || Stream.concat(announced.stream(), page.rows().stream()).anyMatch(rows::isNew);
    }

    @Override
    public boolean leavesWork() {
        return rows.size() > 0
                || !list(Instant.EPOCH, windowEnd.plus(WHOLE_LISTING), 1).rows().isEmpty();
    }

    /** What is due soon comes first, so that rows that were due for long hold up no new one. */
    @Override
    public void discover() {
        var now = now();
        if (wholeListingAt.equals(Instant.MIN)) {
            announced.forEach(this::hold);
        }
        list(
                        listedAt.minus(OVERLAP),
                        earlier(now.plus(OVERLAP), windowEnd),
                        context.limits().rows())
                .rows()
                .forEach(this::hold);
        listedAt = now;
        if (!listing && !now.isBefore(wholeListingAt)) {
            wholeListingAt = now.plus(WHOLE_LISTING);
            rows.forgetSettledBefore(now.minus(WHOLE_LISTING));
            cursor = Optional.empty();
            listing = true;
            dropped = false;
        }
        if (listing && rows.size() < context.limits().rows()) {
            listOn(context.limits().rows() - rows.size());
        }
    }

    private void listOn(int room) {
        boolean first = cursor.isEmpty();
        var page = list(Instant.EPOCH, windowEnd, cursor, room);
        if (first) {
            reportOverdue(page);
        }
        page.rows().forEach(this::hold);
        cursor = page.next();
        listing = cursor.isPresent();
    }

    private Page list(Instant from, Instant until, int limit) {
        return list(from, until, Optional.empty(), limit);
    }

    private Page list(Instant from, Instant until, Optional<Cursor> after, int limit) {
        var page = context.generations().store().due(shard, from, until, after, limit);
        page.unreadable().forEach(context.generations().events()::rowUnreadable);
        return page;
    }

    private void hold(DueRow row) {
        if (rows.isNew(row)) {
            rows.hold(new Held(row.id(), row.dueAt(), null, 0));
        }
    }

    /** Once a minute, as long as it lasts. */
    private void reportOverdue(Page page) {
        page.rows().stream()
                .findFirst()
                .filter(_ -> !now().isBefore(reportAt))
                .map(row -> Duration.between(row.dueAt(), now()))
                .filter(age -> age.compareTo(OVERDUE) > 0)
                .ifPresent(age -> {
                    reportAt = now().plus(WHOLE_LISTING);
                    context.generations().events().overdue(shard, age);
                });
    }

    @Override
    public Next<Optional<StepResult>> next() {
        var next = rows.take(now());
        if (next.isPresent()) {
            return new Next.Start<>(next.get().id(), () -> advance(next.get()));
        }
        return rows.size() == 0 && !listing && !dropped ? new Next.Drained<>() : new Next.Wait<>(rows.nextAt());
    }

    /** Empty when the row no longer exists. */
    private Optional<StepResult> advance(Held step) {
        var row = step.row() == null ? context.generations().store().find(step.id()) : Optional.of(step.row());
        var result = row.map(advance::advance);
        result.ifPresent(this::postponeBeyondTheWindow);
        return result;
    }

    /**
     * But a claimed row is left alone: its due time has to be right when the claim's holder writes next. So is one that has
     * ended: whoever ended it has set the time. And so is one whose step was deferred: it is due.
     */
    private void postponeBeyondTheWindow(StepResult result) {
        var row = result.generation();
        result.nextCheckAt()
                .filter(at -> result.kind() != Kind.DEFERRED && at.isAfter(windowEnd) && !at.equals(row.dueAt()))
                .filter(_ -> row.state() instanceof State.Processing || row.state() instanceof State.Unconfirmed)
                .ifPresent(at -> advance.postpone(row, at));
    }

    @Override
    public Effect completed(GenerationId id, Optional<Optional<StepResult>> end) {
        var step = rows.release(id);
        if (end.isEmpty()) {
            keep(step.failed(now(), now(), null));
            return Effect.DEFERRED;
        }
        if (end.get().flatMap(StepResult::nextCheckAt).isEmpty()) {
            rows.settle(id, now());
            return end.get().filter(DueRowsSweep::isFinished).isPresent() ? Effect.FINISHED : Effect.EXECUTED;
        }
        var result = end.get().get();
        var at = result.nextCheckAt().orElseThrow();
        var known = isWorthHolding(result.generation()) ? result.generation() : null;
        keep(
                switch (result.kind()) {
                    case EXECUTED -> step.succeeded(at, known);
                    case UNCLEAR -> step.failed(now(), at, known);
                    case DEFERRED -> step.again(at, known);
                });
        return result.kind() == Kind.DEFERRED ? Effect.DEFERRED : Effect.EXECUTED;
    }

    /** While more is due than can be held, what can wait is dropped, and listed again in a minute. */
    private void keep(Held row) {
        boolean crowded = listing && rows.size() >= context.limits().rows() - 1;
        if (crowded && row.at().isAfter(now())) {
            dropped = true;
        } else {
            rows.keep(row, now());
        }
    }

    /** A prediction's row is rarely written by others while it waits; any other row is read again. */
    private static boolean isWorthHolding(Generation row) {
        return row.state() instanceof State.Processing && row.request().input().length() <= MAX_HELD_INPUT;
    }

    private static boolean isFinished(StepResult result) {
        return result.generation().state().status().isTerminal();
    }

    private Instant now() {
        return context.generations().now();
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
