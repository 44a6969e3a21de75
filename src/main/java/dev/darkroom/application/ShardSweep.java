package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Shard;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** One sweep of one shard. One thread decides; the steps run beside it and report back through a queue. */
final class ShardSweep {

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);
    private static final int PARTS_OF_A_LEASE = 3;

    private final Shard shard;
    private final Instant windowEnd;
    private final String holder;
    private final GenerationStore store;
    private final ShardLeases leases;
    private final AdvanceGeneration advance;
    private final GenerationEvents events;
    private final SweepLimits limits;
    private final SweepTimer timer;
    private final Executor executor;
    private final InstantSource clock;

    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparing(Waiting::at));
    private final Set<GenerationId> held = new HashSet<>();
    private final Set<GenerationId> settled = new HashSet<>();
    private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
    private Instant renewAt = Instant.MIN;
    private int running;
    private int steps;
    private int finished;
    private int failures;

    ShardSweep(Shard shard, Instant windowEnd, String holder, SweepTools tools) {
        this.shard = shard;
        this.windowEnd = windowEnd;
        this.holder = holder;
        this.store = tools.store();
        this.leases = tools.leases();
        this.advance = tools.advance();
        this.events = tools.events();
        this.limits = tools.limits();
        this.timer = tools.timer();
        this.executor = tools.executor();
        this.clock = tools.clock();
    }

    /** A row that waits for its time; {@code row} is null until it was read. */
    private record Waiting(
            GenerationId id, Instant at, @Nullable Generation row) {}

    /** A step that ended; {@code advanced} is null when it ended in an exception or the row no longer exists. */
    private record Done(GenerationId id, @Nullable Advanced advanced, boolean failed) {}

    SweepReport run() throws InterruptedException {
        // Looking comes before the lease, so that an idle shard costs no write. It comes again after the lease is given
        // back: a kick that came in between found the lease taken, and its row must not wait for the schedule.
        boolean ours = true;
        while (ours && clock.instant().isBefore(windowEnd) && !unknownDueRows().isEmpty()) {
            ours = renewLease();
            if (ours) {
                try {
                    ours = work();
                } finally {
                    leases.release(shard, holder);
                    renewAt = Instant.MIN;
                }
            }
        }
        return new SweepReport(steps, finished, failures);
    }

    /** Works until nothing is left to do or the window ends; false when the lease was lost. */
    private boolean work() throws InterruptedException {
        var discoverAt = Instant.MIN;
        boolean ours = true;
        while (clock.instant().isBefore(windowEnd)) {
            var now = clock.instant();
            if (!now.isBefore(discoverAt)) {
                ours = renewLease();
                if (!ours) {
                    break;
                }
                discover();
                discoverAt = now.plus(limits.discovery());
            }
            startWhatIsDue(now);
            if (running == 0 && waiting.isEmpty()) {
                break;
            }
            settleNext(earliest(discoverAt, windowEnd));
        }
        while (running > 0) {
            settleNext(Instant.MAX);
        }
        return ours;
    }

    private boolean renewLease() {
        var now = clock.instant();
        if (now.isBefore(renewAt)) {
            return true;
        }
        renewAt = now.plus(limits.lease().dividedBy(PARTS_OF_A_LEASE));
        return leases.acquire(shard, holder, now, now.plus(limits.lease()));
    }

    private void discover() {
        for (var row : unknownDueRows()) {
            if (held.size() < limits.rows() && held.add(row.id())) {
                waiting.add(new Waiting(row.id(), row.dueAt(), null));
            }
        }
    }

    private List<DueRow> unknownDueRows() {
        return store.due(shard, windowEnd, limits.rows()).stream()
                .filter(row -> !held.contains(row.id()) && !settled.contains(row.id()))
                .toList();
    }

    private void startWhatIsDue(Instant now) {
        for (var next = waiting.peek();
                next != null && !next.at().isAfter(now) && running < limits.concurrency();
                next = waiting.peek()) {
            var row = waiting.remove();
            running++;
            steps++;
            executor.execute(() -> done.add(step(row)));
        }
    }

    private Done step(Waiting waited) {
        try {
            var row = waited.row() == null ? store.find(waited.id()) : Optional.of(waited.row());
            var advanced = row.map(advance::advance);
            advanced.ifPresent(this::postponeBeyondTheWindow);
            return new Done(waited.id(), advanced.orElse(null), false);
        } catch (RuntimeException e) {
            // One poisonous row never holds the others.
            events.stepFailed(waited.id(), e);
            return new Done(waited.id(), null, true);
        }
    }

    private void postponeBeyondTheWindow(Advanced advanced) {
        advanced.nextLook()
                .filter(at -> at.isAfter(windowEnd)
                        && !at.equals(advanced.generation().dueAt()))
                .ifPresent(at -> advance.postpone(advanced.generation(), at));
    }

    private void settleNext(Instant until) throws InterruptedException {
        var next = waiting.peek();
        var limit = next == null || running >= limits.concurrency() ? until : earliest(next.at(), until);
        timer.await(done, limit).ifPresent(this::settle);
        for (var more = done.poll(); more != null; more = done.poll()) {
            settle(more);
        }
    }

    private void settle(Done step) {
        running--;
        if (step.failed()) {
            failures++;
            waiting.add(new Waiting(step.id(), clock.instant().plus(AFTER_A_FAILURE), null));
            return;
        }
        var advanced = step.advanced();
        var next = advanced == null ? Optional.<Instant>empty() : advanced.nextLook();
        if (advanced != null && next.isPresent() && !next.get().isAfter(windowEnd)) {
            waiting.add(new Waiting(step.id(), next.get(), advanced.generation()));
            return;
        }
        held.remove(step.id());
        settled.add(step.id());
        if (next.isEmpty()) {
            finished++;
        }
    }

    private static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
