package dev.darkroom.application;

import dev.darkroom.domain.Admission;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** Submits what waits for its turn, one sweep at a time for the whole gateway. One thread decides; the calls run beside it. */
final class QueueSweep {

    /** So many of the earliest are looked at. */
    private static final int HEAD = 100;

    /** Whoever came before is in the index by then, should it be late. */
    private static final Duration SETTLED = Duration.ofSeconds(1);

    private static final Duration BEAT_AFTER = Duration.ofSeconds(10);
    private static final Duration AFTER_A_FAILURE = Duration.ofSeconds(5);

    /** What is further away is left to a later sweep. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Instant windowEnd;
    private final SweepTools tools;
    private final ShardLease lease;
    private final Map<GenerationId, Waiting> waiting = new HashMap<>();
    private final Map<Owner, Long> lastTaken = new HashMap<>();
    private final Set<GenerationId> running = new HashSet<>();
    private final BlockingQueue<Done> done = new LinkedBlockingQueue<>();
    private Instant discoverAt = Instant.MIN;
    private Instant beatAt = Instant.MAX;
    private boolean more;
    private int steps;
    private int finished;
    private int failures;

    QueueSweep(Instant windowEnd, String holder, SweepTools tools) {
        this.windowEnd = windowEnd;
        this.tools = tools;
        this.lease = new ShardLease(Shard.QUEUE, holder, tools);
    }

    private record Waiting(Generation row, State.Accepted accepted) {}

    /** {@code row} is empty when the submission ended in an exception. */
    private record Done(GenerationId id, Optional<Generation> row) {}

    SweepReport run() throws InterruptedException {
        // Again after the lease is given back: a kick that came in between found it taken.
        boolean emptied = true;
        while (emptied && begins()) {
            try {
                emptied = work();
            } finally {
                finishWhatRuns();
                lease.giveBack();
            }
        }
        return new SweepReport(steps, finished, failures);
    }

    /** Whether somebody waits and the lease is ours. A table that does not answer is waited for. */
    private boolean begins() throws InterruptedException {
        while (now().isBefore(windowEnd)) {
            try {
                return !tools.queue().isEmpty() && lease.take();
            } catch (StoreUnavailableException e) {
                tools.events().sweepDisturbed(Shard.QUEUE, e);
                settleNext(now().plus(AFTER_A_FAILURE));
            }
        }
        return false;
    }

    /**
     * Workflows' tasks may wait for rows that wait; nobody else tells them that these are still here. It runs beside the rest,
     * because it may take long, and not in sweeps that end at once.
     */
    private void beatOnce() {
        if (!now().isBefore(beatAt)) {
            beatAt = Instant.MAX;
            tools.executor().execute(this::beat);
        }
    }

    private void beat() {
        try {
            var rows = tools.queue().waiting(tools.limits().rows());
            for (int from = 0; from < rows.size(); from += HEAD) {
                var some = rows.subList(from, Math.min(from + HEAD, rows.size()));
                tools.executor()
                        .invokeAll(some.stream()
                                .map(id -> Executors.callable(() -> beat(id)))
                                .toList());
            }
        } catch (StoreUnavailableException e) {
            tools.events().sweepDisturbed(Shard.QUEUE, e);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void beat(GenerationId id) {
        try {
            tools.store().find(id).filter(row -> row.caller().isWaiting()).ifPresent(tools.advance()::advance);
        } catch (RuntimeException e) {
            tools.events().stepFailed(id, e);
        }
    }

    /** Works until nobody waits (true), or the window ends, nothing may be submitted for long or the lease is lost (false). */
    private boolean work() throws InterruptedException {
        beatAt = now().plus(BEAT_AFTER);
        while (now().isBefore(windowEnd) && lease.keep()) {
            try {
                beatOnce();
                var next = next();
                if (next.isEmpty()) {
                    if (running.isEmpty() && tools.queue().isEmpty()) {
                        return true;
                    }
                    settleNext(discoverAt);
                } else if (running.size() >= tools.limits().concurrency()) {
                    settleNext(discoverAt);
                } else {
                    var again = submit(next.get());
                    if (again.isAfter(now().plus(PATIENCE))) {
                        return false;
                    }
                    settleNext(earliest(again, discoverAt));
                }
            } catch (StoreUnavailableException e) {
                tools.events().sweepDisturbed(Shard.QUEUE, e);
                settleNext(now().plus(tools.limits().discovery()));
            }
        }
        return false;
    }

    /** The row whose turn it is. */
    private Optional<Waiting> next() {
        if (!now().isBefore(discoverAt) || (more && waiting.isEmpty())) {
            discover();
            discoverAt = now().plus(tools.limits().discovery());
        }
        return waiting.values().stream()
                .min(Comparator.comparingLong((Waiting row) -> row.accepted().turn())
                        .thenComparing(row -> row.row().createdAt()));
    }

    private void discover() {
        var shown = tools.queue().waiting(HEAD);
        waiting.keySet().retainAll(shown);
        read(shown.stream()
                        .filter(id -> !waiting.containsKey(id) && !running.contains(id))
                        .toList())
                .forEach(this::await);
        more = shown.size() == HEAD && !waiting.isEmpty();
    }

    /** All at once, or a sweep would do little else. */
    private List<Generation> read(List<GenerationId> ids) {
        var reads = ids.stream()
                .map(id -> CompletableFuture.supplyAsync(() -> tools.store().find(id), tools.executor()))
                .toList();
        try {
            return reads.stream().flatMap(read -> read.join().stream()).toList();
        } catch (CompletionException e) {
            throw e.getCause() instanceof StoreUnavailableException cause ? cause : e;
        }
    }

    private void await(Generation row) {
        if (row.state() instanceof State.Accepted accepted) {
            waiting.put(row.id(), new Waiting(row, accepted));
        }
    }

    /** Submits it if it may be; returns when to look again. */
    private Instant submit(Waiting next) {
        var age = Duration.between(next.row().createdAt(), now());
        if (!isNextOfItsOwner(next) && !age.isNegative() && age.compareTo(SETTLED) < 0) {
            return now().plus(SETTLED).minus(age);
        }
        return switch (tools.queue().admit(next.row(), next.accepted())) {
            case Admission.Now _ -> {
                start(next);
                yield now();
            }
            case Admission.NotBefore(var at) -> at;
            case Admission.Queued _, Admission.QueueFull _ -> throw new IllegalStateException("it waits already");
        };
    }

    /** Then nobody of the same owner can have come before who is not in the index yet. */
    private boolean isNextOfItsOwner(Waiting next) {
        var last = lastTaken.get(next.row().caller().owner());
        return last != null && next.accepted().turn() <= last + 1;
    }

    private void start(Waiting next) {
        var id = next.row().id();
        lastTaken.merge(next.row().caller().owner(), next.accepted().turn(), Math::max);
        waiting.remove(id);
        running.add(id);
        steps++;
        tools.executor().execute(() -> report(next));
    }

    /** Reports in any case, or the sweep would wait for ever. */
    private void report(Waiting next) {
        var end = new Done(next.row().id(), Optional.empty());
        try {
            var row = tools.queue().submit(next.row(), next.accepted());
            end = new Done(row.id(), Optional.of(row));
            if (row.dueAt() != null) {
                tools.kick().kick(row);
            }
        } catch (RuntimeException e) {
            tools.events().stepFailed(next.row().id(), e);
        } finally {
            done.add(end);
        }
    }

    private void settleNext(Instant until) throws InterruptedException {
        tools.timer().await(done, earliest(until, windowEnd)).ifPresent(this::settle);
        for (var more = done.poll(); more != null; more = done.poll()) {
            settle(more);
        }
    }

    /** A submission ends within the time limits of the provider and the store. */
    private void finishWhatRuns() throws InterruptedException {
        while (!running.isEmpty()) {
            tools.timer().await(done, Instant.MAX).ifPresent(this::settle);
        }
    }

    private void settle(Done end) {
        running.remove(end.id());
        failures += end.row().isEmpty() ? 1 : 0;
        end.row().ifPresent(row -> {
            finished += row.state().status().isTerminal() ? 1 : 0;
            await(row);
        });
    }

    private Instant now() {
        return tools.clock().instant();
    }

    private static Instant earliest(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
