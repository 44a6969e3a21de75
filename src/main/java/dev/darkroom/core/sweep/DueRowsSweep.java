package dev.darkroom.core.sweep;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.step.StepResult;
import dev.darkroom.core.step.StepResult.Kind;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.store.Shard;
import dev.darkroom.core.sweep.HeldRows.Held;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The due rows of a shard, as a source of steps. */
final class DueRowsSweep implements StepSource<Optional<StepResult>> {

    /** How often the schedule starts a sweep. */
    private static final Duration SCHEDULE = Duration.ofMinutes(1);

    private final Shard shard;
    private final Instant windowEnd;
    private final DueStep step;
    private final SweepContext context;
    private final HeldRows rows;
    private final DueListing listing;
    private Collection<DueRow> announced;
    private boolean dropped;
    private boolean outgrown;

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
        this.step = new DueStep(advance, context.generations(), windowEnd);
        this.context = context;
        this.rows = new HeldRows(windowEnd, Math.max(1, context.limits().concurrency() / 2));
        this.listing = new DueListing(shard, windowEnd, context);
    }

    @Override
    public Shard partition() {
        return shard;
    }

    @Override
    public int concurrency() {
        return context.limits().concurrency();
    }

    @Override
    public boolean hasWork() {
        return dropped || announced.stream().anyMatch(rows::isNew) || isNewDueBy(windowEnd);
    }

    @Override
    public boolean leavesWork() {
        return rows.size() > 0 || isNewDueBy(now().plus(SCHEDULE));
    }

    private boolean isNewDueBy(Instant time) {
        int limit = Math.min(rows.doneCount(), context.limits().rows()) + 1;
        return listing.hasDueBy(time, limit, rows::isNew);
    }

    @Override
    public void discover() {
        announced.forEach(this::hold);
        announced = List.of();
        listing.listRecent(this::hold);
        if (listing.startWhole()) {
            rows.forgetDoneBefore(now().minus(SCHEDULE));
            dropped = false;
        }
        if (listing.isUnderWay() && room() > 0) {
            listing.listOn(room(), this::hold);
        }
    }

    @Override
    public boolean isOutgrown() {
        return outgrown || (context.limits().handsOver() && (dropped || room() <= 0));
    }

    int size() {
        return rows.size();
    }

    private int room() {
        return context.limits().rows() - size();
    }

    private void hold(DueRow row) {
        if (rows.isNew(row)) {
            dropped |= room() <= 0;
            if (room() > 0 || rows.drop(now())) {
                rows.hold(new Held(row.id(), row.dueAt(), null, 0));
            }
        }
    }

    @Override
    public Next<Optional<StepResult>> next() {
        var next = rows.take(now());
        if (next.isPresent()) {
            return new Next.Start<>(next.get().id(), () -> step.run(next.get()));
        }
        return rows.size() == 0 && !listing.isUnderWay() && !dropped
                ? new Next.Drained<>()
                : new Next.Wait<>(rows.nextAt());
    }

    @Override
    public Effect completed(GenerationId id, Optional<Optional<StepResult>> end) {
        var before = rows.release(id);
        if (end.isEmpty()) {
            schedule(before.failed(now(), now(), null));
            return Effect.DEFERRED;
        }
        if (end.get().flatMap(StepResult::nextCheckAt).isEmpty()) {
            rows.markDone(id, now());
            return end.get().filter(StepResult::isFinished).isPresent() ? Effect.FINISHED : Effect.EXECUTED;
        }
        var result = end.get().get();
        var at = result.nextCheckAt().orElseThrow();
        var known = HeldRows.worthHolding(result.generation());
        schedule(
                switch (result.kind()) {
                    case EXECUTED -> before.succeeded(at, known);
                    case FAILED -> before.failed(now(), at, known);
                    case DEFERRED, OUTGROWN -> before.deferred(at, known);
                });
        outgrown |= result.kind() == Kind.OUTGROWN;
        return result.kind() == Kind.EXECUTED || result.kind() == Kind.FAILED ? Effect.EXECUTED : Effect.DEFERRED;
    }

    /** While more rows are due than can be held, a row that can wait is dropped, and listed again in a minute. */
    private void schedule(Held row) {
        if (listing.isUnderWay() && room() <= 1 && row.at().isAfter(now())) {
            dropped = true;
        } else {
            rows.schedule(row, now());
        }
    }

    private Instant now() {
        return context.generations().now();
    }
}
