package dev.darkroom.core.sweep;

import dev.darkroom.core.sweep.StepSource.Effect;
import dev.darkroom.core.sweep.StepSource.Next;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Runs the steps of a source under a lease, until the window ends or the source is drained. One thread decides. */
final class LeasedSweep<R> {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);
    private static final int MAX_DOUBLINGS = 3;

    private final StepSource<R> source;
    private final Instant windowEnd;
    private final SweepContext context;
    private final ShardLease lease;
    private final StepRunner<R> runner;
    private int steps;
    private int executed;
    private int finished;
    private int failures;
    private boolean isHandedOver;

    LeasedSweep(StepSource<R> source, Instant windowEnd, String holder, SweepContext context) {
        this.source = source;
        this.windowEnd = windowEnd;
        this.context = context;
        this.lease = new ShardLease(source.partition(), holder, context);
        this.runner = new StepRunner<>(context);
    }

    SweepReport run() throws InterruptedException {
        // Acquires the lease again after its release, until a pass executes no step: a trigger that came before the
        // release found the lease held, and its row must not wait for the schedule.
        int executedBefore = -1;
        while (executed > executedBefore && !source.isOutgrown() && acquire()) {
            executedBefore = executed;
            try {
                runUntilDrained();
            } finally {
                end();
            }
        }
        if (source.isOutgrown()) {
            handOver();
        } else if (executed > 0) {
            startSuccessor();
        }
        return new SweepReport(steps, finished, failures);
    }

    /** An outgrown source is handed over before its steps here have ended, because one of them may copy an image. */
    private void end() throws InterruptedException {
        boolean isOutgrown = source.isOutgrown();
        if (!isOutgrown) {
            completeAll();
        }
        lease.release();
        if (isOutgrown) {
            handOver();
            completeAll();
        }
    }

    private void completeAll() throws InterruptedException {
        while (runner.running() > 0) {
            complete(runner.await(Instant.MAX));
        }
    }

    private void handOver() {
        if (!isHandedOver) {
            isHandedOver = true;
            context.generations().trigger().handOver(source.partition());
        }
    }

    /** A row that is due soon after the window does not have to wait for the schedule. */
    private void startSuccessor() {
        try {
            if (source.leavesWork()) {
                context.generations().trigger().trigger(source.partition());
            }
        } catch (StoreUnavailableException e) {
            context.generations().listener().sweepError(source.partition(), e);
        }
    }

    /** Whether there is work and this sweep got the lease. Waits for a table that does not answer. */
    private boolean acquire() throws InterruptedException {
        while (now().isBefore(windowEnd)) {
            try {
                return source.hasWork() && lease.acquire();
            } catch (StoreUnavailableException e) {
                var retryAt = now().plus(RETRY_DELAY);
                if (!retryAt.isBefore(windowEnd)) {
                    throw e;
                }
                context.generations().listener().sweepError(source.partition(), e);
                complete(runner.await(retryAt));
            }
        }
        return false;
    }

    /** No step starts after the window, so that running steps end before the function's time limit. */
    private void runUntilDrained() throws InterruptedException {
        var discoverAt = Instant.MIN;
        int errors = 0;
        while (now().isBefore(windowEnd) && !source.isOutgrown() && lease.renew()) {
            try {
                if (!now().isBefore(discoverAt)) {
                    source.discover();
                    discoverAt = now().plus(context.limits().discovery());
                    errors = 0;
                    continue;
                }
                complete(runner.completed());
                if (runner.running() >= source.concurrency()) {
                    await(discoverAt);
                    continue;
                }
                switch (source.next()) {
                    case Next.Start<R>(var id, var step) -> runner.start(id, step);
                    case Next.Wait<R>(var until) -> await(until.isBefore(discoverAt) ? until : discoverAt);
                    case Next.Drained<R> _
                    when runner.running() == 0 -> {
                        return;
                    }
                    case Next.Drained<R> _ -> await(discoverAt);
                }
            } catch (RuntimeException e) {
                context.generations().listener().sweepError(source.partition(), e);
                var pause = context.limits().discovery().multipliedBy(1L << Math.min(errors, MAX_DOUBLINGS));
                errors++;
                discoverAt = now().plus(pause);
                await(discoverAt);
            }
        }
    }

    private void await(Instant until) throws InterruptedException {
        complete(runner.await(until.isBefore(windowEnd) ? until : windowEnd));
    }

    private void complete(List<StepRunner.Completion<R>> completions) {
        for (var completion : completions) {
            failures += completion.result().isEmpty() ? 1 : 0;
            try {
                var effect = source.completed(completion.id(), completion.result());
                steps += effect == Effect.NONE ? 0 : 1;
                executed += effect.compareTo(Effect.EXECUTED) >= 0 ? 1 : 0;
                finished += effect == Effect.FINISHED ? 1 : 0;
            } catch (RuntimeException e) {
                context.generations().listener().stepFailed(completion.id(), e);
            }
        }
    }

    private Instant now() {
        return context.generations().now();
    }
}
