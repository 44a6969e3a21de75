package dev.darkroom.core.sweep;

import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.store.DueIndexPartition;
import dev.darkroom.core.store.DueIndexPartition.Queue;
import dev.darkroom.core.store.GenerationStore.DueRow;
import dev.darkroom.core.store.Shard;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Advances the due rows of some shards, and submits queued rows, until the window ends or no row is due within it. */
public final class Sweep {

    private final SweepContext context;
    private final AdvanceGeneration advance;
    private final Queues queues;
    private final Supplier<String> newHolders;

    /** {@code newHolders} gives each sweep a unique name. */
    public Sweep(SweepContext context, AdvanceGeneration advance, Queues queues, Supplier<String> newHolders) {
        this.context = context;
        this.advance = advance;
        this.queues = queues;
        this.newHolders = newHolders;
    }

    /** Every queue that may have a row. */
    public List<Queue> queues() {
        return queues.all();
    }

    /**
     * Sweeps these partitions. Steps that were begun within the window are finished, even when that takes a little
     * longer.
     *
     * @param partitions shards, whose due rows are advanced, and queues, whose rows are submitted
     * @param due rows of these partitions that the index may not show yet
     */
    public SweepReport sweep(
            Collection<? extends DueIndexPartition> partitions, Collection<DueRow> due, Instant windowEnd)
            throws InterruptedException {
        var sweeps = partitions.stream()
                .map(partition -> sweep(partition, due, windowEnd))
                .collect(Collectors.toList());
        var total = new SweepReport(0, 0, 0);
        for (var report : context.executor().invokeAll(sweeps)) {
            total = total.plus(result(report));
        }
        return total;
    }

    private Callable<SweepReport> sweep(DueIndexPartition partition, Collection<DueRow> due, Instant windowEnd) {
        StepSource<?> source = switch (partition) {
            case Shard shard -> new DueRowsSweep(shard, windowEnd, due, advance, context);
            case Queue(var provider) -> queues.source(provider);
        };
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
