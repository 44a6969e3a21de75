package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.domain.Shard;
import java.time.Instant;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Advances what is due in some shards, and submits what is queued, until the window ends or nothing is due within it. */
public final class Sweep {

    private final SweepContext context;
    private final AdvanceGeneration advance;
    private final QueueSteps queue;
    private final Supplier<String> newHolders;

    /** {@code newHolders} names each sweep uniquely. */
    public Sweep(SweepContext context, AdvanceGeneration advance, QueueSteps queue, Supplier<String> newHolders) {
        this.context = context;
        this.advance = advance;
        this.queue = queue;
        this.newHolders = newHolders;
    }

    /**
     * Steps that were begun within the window are finished, even when that takes a little longer.
     *
     * @param shards with {@link Shard#QUEUE} among them also what is queued is submitted
     * @param due rows of these shards that the index may not show yet
     */
    public SweepReport sweep(Collection<Shard> shards, Collection<DueRow> due, Instant windowEnd)
            throws InterruptedException {
        var sweeps = shards.stream().map(shard -> sweep(shard, due, windowEnd)).collect(Collectors.toList());
        var total = new SweepReport(0, 0, 0);
        for (var report : context.executor().invokeAll(sweeps)) {
            total = total.plus(result(report));
        }
        return total;
    }

    private Callable<SweepReport> sweep(Shard shard, Collection<DueRow> due, Instant windowEnd) {
        StepSource<?> source = shard.equals(Shard.QUEUE)
                ? new QueueSweep(queue, context)
                : new DueRowsSweep(shard, windowEnd, due, advance, context);
        return new LeasedSweep<>(source, windowEnd, newHolders.get(), context)::run;
    }

    private static SweepReport result(Future<SweepReport> report) throws InterruptedException {
        try {
            return report.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new IllegalStateException("a sweep failed", e.getCause());
        }
    }
}
