package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.application.HeldRows.Held;
import dev.darkroom.application.StepResult.Kind;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The due rows of a shard. */
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
    public Shard shard() {
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
        int limit = Math.min(rows.settled(), context.limits().rows()) + 1;
        return listing.hasDueBy(time, limit, rows::isNew);
    }

    @Override
    public void discover() {
        announced.forEach(this::hold);
        announced = List.of();
        listing.listLately(this::hold);
        if (listing.beginsWhole()) {
            rows.forgetSettledBefore(now().minus(SCHEDULE));
            dropped = false;
        }
        if (listing.isUnderWay() && room() > 0) {
            listing.listOn(room(), this::hold);
        }
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
            keep(before.failed(now(), now(), null));
            return Effect.DEFERRED;
        }
        if (end.get().flatMap(StepResult::nextCheckAt).isEmpty()) {
            rows.settle(id, now());
            return end.get().filter(StepResult::isFinished).isPresent() ? Effect.FINISHED : Effect.EXECUTED;
        }
        var result = end.get().get();
        var at = result.nextCheckAt().orElseThrow();
        var known = HeldRows.worthHolding(result.generation());
        keep(
                switch (result.kind()) {
                    case EXECUTED -> before.succeeded(at, known);
                    case UNCLEAR -> before.failed(now(), at, known);
                    case DEFERRED -> before.again(at, known);
                });
        return result.kind() == Kind.DEFERRED ? Effect.DEFERRED : Effect.EXECUTED;
    }

    /** While more is due than can be held, what can wait is dropped, and listed again in a minute. */
    private void keep(Held row) {
        if (listing.isUnderWay() && room() <= 1 && row.at().isAfter(now())) {
            dropped = true;
        } else {
            rows.keep(row, now());
        }
    }

    private Instant now() {
        return context.generations().now();
    }
}
