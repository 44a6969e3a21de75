package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One sweep of one shard. One thread decides; the steps run beside it and report back through a queue. */
final class ShardSweep {

    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);
    private static final int MOST_DOUBLINGS = 6;

    /** A row that a sweep holds may be due for as long as the sweep's window is; no row is for longer. */
    private static final Duration OVERDUE = Duration.ofMinutes(5);

    private static final Duration REPORT = Duration.ofMinutes(1);

    /**
     * How often the whole index of the shard is listed. Between these looks only what was written lately is, because listing
     * thousands of rows each second that are held already would be most of what a sweep costs.
     */
    private static final Duration WHOLE_LOOK = Duration.ofMinutes(1);

    /** How late the index may be, and how wrong the clock of who wrote a row. */
    private static final Duration OVERLAP = Duration.ofSeconds(10);

    /** A row with a longer input is read again for each step: thousands of them would not fit into a function's memory. */
    private static final int LONGEST_HELD_INPUT = 1_000;

    private final Shard shard;
    private final Instant windowEnd;
    private final SweepTools tools;
    private final SweepLimits limits;
    private final ShardLease lease;

    private final Collection<DueRow> announced;
    private final PriorityQueue<Waiting> waiting = new PriorityQueue<>(Comparator.comparing(Waiting::at));
    private final Set<GenerationId> held = new HashSet<>();

    /** When this sweep had done with a row; what is due later than that is owed anew. */
    private final Map<GenerationId, Instant> settled = new HashMap<>();

    private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
    private Instant reportAt = Instant.MIN;
    private Instant wholeLookAt = Instant.MIN;
    private Instant lookedAt = Instant.MIN;
    private int running;
    private int steps;
    private int finished;
    private int failures;

    /** {@code announced} are due rows of the shard that the index may not show yet. */
    ShardSweep(Shard shard, Instant windowEnd, String holder, Collection<DueRow> announced, SweepTools tools) {
        this.shard = shard;
        this.windowEnd = windowEnd;
        this.announced = announced;
        this.tools = tools;
        this.limits = tools.limits();
        this.lease = new ShardLease(shard, holder, tools);
    }

    /**
     * A row that waits for its time.
     *
     * @param row as it is known, null when it has to be read first
     * @param failures how many steps in a row ended in an exception
     */
    private record Waiting(
            GenerationId id, Instant at, @Nullable Generation row, int failures) {}

    /** How a step ended. */
    private sealed interface Done {

        /** {@code advanced} is empty when the row no longer exists. */
        record Ended(Waiting step, Optional<Advanced> advanced) implements Done {}

        record Failed(Waiting step) implements Done {}
    }

    SweepReport run() throws InterruptedException {
        // Looking comes before the lease, so that an idle shard costs no write. It comes again after the lease is given
        // back: a kick that came in between found the lease taken, and its row must not wait for the schedule.
        while (begins()) {
            try {
                work();
            } finally {
                finishWhatRuns();
                lease.giveBack();
            }
        }
        return new SweepReport(steps, finished, failures);
    }

    /** Whether something is owed and the lease is ours. A table that does not answer is waited for. */
    private boolean begins() throws InterruptedException {
        while (now().isBefore(windowEnd)) {
            try {
                return isAnythingOwed() && lease.take();
            } catch (StoreUnavailableException e) {
                var again = now().plus(AFTER_A_FAILURE);
                if (!again.isBefore(windowEnd)) {
                    throw e;
                }
                tools.events().sweepDisturbed(shard, e);
                tools.timer().await(done, again);
            }
        }
        return false;
    }

    private boolean isAnythingOwed() {
        int known = held.size() + settled.size();
        var due = tools.store().due(shard, windowEnd, known + 1);
        reportOverdue(due);
        return Stream.concat(announced.stream(), due.stream()).anyMatch(this::isUnknown);
    }

    /** Works until nothing is left to do, the window ends or the lease is lost. */
    private void work() throws InterruptedException {
        wholeLookAt = Instant.MIN;
        var discoverAt = Instant.MIN;
        while (now().isBefore(windowEnd)) {
            var now = now();
            if (!now.isBefore(discoverAt)) {
                if (!lease.keep()) {
                    return;
                }
                discover();
                discoverAt = now.plus(limits.discovery());
            }
            startWhatIsDue();
            if (running == 0 && waiting.isEmpty()) {
                return;
            }
            settleNext(earliest(discoverAt, windowEnd));
        }
    }

    private void discover() {
        try {
            for (var row : dueRows()) {
                if (held.size() < limits.rows() && isUnknown(row) && held.add(row.id())) {
                    waiting.add(new Waiting(row.id(), row.dueAt(), null, 0));
                }
            }
        } catch (StoreUnavailableException e) {
            tools.events().sweepDisturbed(shard, e);
        }
    }

    private List<DueRow> dueRows() {
        var now = now();
        if (now.isBefore(wholeLookAt)) {
            var due = tools.store().due(shard, lookedAt.minus(OVERLAP), soon(now), limits.rows());
            lookedAt = now;
            return due;
        }
        var due = tools.store().due(shard, windowEnd, limits.rows());
        reportOverdue(due);
        wholeLookAt = now.plus(WHOLE_LOOK);
        lookedAt = now;
        return Stream.concat(announced.stream(), due.stream()).toList();
    }

    /** What is due later than this is found by a later look. */
    private Instant soon(Instant now) {
        return earliest(now.plus(OVERLAP), windowEnd);
    }

    private boolean isUnknown(DueRow row) {
        var settledAt = settled.get(row.id());
        return !held.contains(row.id()) && (settledAt == null || row.dueAt().isAfter(settledAt));
    }

    /** Once a minute, as long as it lasts. */
    private void reportOverdue(List<DueRow> due) {
        if (now().isBefore(reportAt)) {
            return;
        }
        due.stream()
                .map(row -> Duration.between(row.dueAt(), now()))
                .max(Comparator.naturalOrder())
                .filter(age -> age.compareTo(OVERDUE) > 0)
                .ifPresent(age -> {
                    tools.events().overdue(shard, age);
                    reportAt = now().plus(REPORT);
                });
    }

    /** Nothing is begun after the window, so that what runs then ends before the function's time does. */
    private void startWhatIsDue() {
        for (var next = waiting.peek();
                next != null
                        && running < limits.concurrency()
                        && !next.at().isAfter(now())
                        && now().isBefore(windowEnd);
                next = waiting.peek()) {
            var step = waiting.remove();
            running++;
            steps++;
            tools.executor().execute(() -> report(step));
        }
    }

    /** Reports in any case, or the sweep would wait for ever. */
    private void report(Waiting step) {
        Done end = new Done.Failed(step);
        try {
            end = new Done.Ended(step, advance(step));
        } catch (RuntimeException e) {
            // One poisonous row never holds the others.
            tools.events().stepFailed(step.id(), e);
        } finally {
            done.add(end);
        }
    }

    private Optional<Advanced> advance(Waiting step) {
        var row = step.row() == null ? tools.store().find(step.id()) : Optional.of(step.row());
        var advanced = row.map(tools.advance()::advance);
        advanced.ifPresent(this::postponeBeyondTheWindow);
        return advanced;
    }

    /**
     * But a claimed row is left alone: its due time has to be right when the claim's holder writes next. So is one that has
     * ended: whoever ended it has set the time. And so is one whose step could not be taken: it is due.
     */
    private void postponeBeyondTheWindow(Advanced advanced) {
        var row = advanced.generation();
        advanced.nextLook()
                .filter(at -> advanced.isTaken() && at.isAfter(windowEnd) && !at.equals(row.dueAt()))
                .filter(_ -> !(row.state() instanceof State.Submitting)
                        && !row.state().status().isTerminal())
                .ifPresent(at -> tools.advance().postpone(row, at));
    }

    private void settleNext(Instant until) throws InterruptedException {
        var next = waiting.peek();
        var limit = next == null || running >= limits.concurrency() ? until : earliest(next.at(), until);
        tools.timer().await(done, limit).ifPresent(this::settle);
        for (var more = done.poll(); more != null; more = done.poll()) {
            settle(more);
        }
    }

    /** A step ends within the time limits of the provider and the store. */
    private void finishWhatRuns() throws InterruptedException {
        while (running > 0) {
            settleNext(Instant.MAX);
        }
    }

    private void settle(Done end) {
        running--;
        switch (end) {
            case Done.Failed(var step) -> {
                failures++;
                int inARow = step.failures() + 1;
                var pause = AFTER_A_FAILURE.multipliedBy(1L << Math.min(inARow - 1, MOST_DOUBLINGS));
                keep(new Waiting(step.id(), now().plus(pause), null, inARow));
            }
            case Done.Ended(var step, var advanced) ->
                advanced.flatMap(Advanced::nextLook)
                        .ifPresentOrElse(at -> keep(new Waiting(step.id(), at, known(advanced), 0)), () -> {
                            finished += advanced.filter(ShardSweep::isFinished).isPresent() ? 1 : 0;
                            forget(step.id());
                        });
        }
    }

    /** A prediction's row is hardly ever written by anybody else while it waits; what else waits is read again. */
    private static @Nullable Generation known(Optional<Advanced> advanced) {
        return advanced.map(Advanced::generation)
                .filter(row -> row.state() instanceof State.Processing
                        && row.request().input().length() <= LONGEST_HELD_INPUT)
                .orElse(null);
    }

    private void keep(Waiting next) {
        if (next.at().isAfter(windowEnd)) {
            forget(next.id());
        } else {
            waiting.add(next);
        }
    }

    private void forget(GenerationId id) {
        held.remove(id);
        settled.put(id, now());
    }

    private static boolean isFinished(Advanced advanced) {
        return advanced.generation().state().status().isTerminal();
    }

    private Instant now() {
        return tools.clock().instant();
    }

    private static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
