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

/** Advances what is due in some shards until the window ends or nothing is due within it. */
public final class SweepShards {

    private final SweepTools tools;
    private final Supplier<String> newHolders;

    /** {@code newHolders} names each sweep uniquely. */
    public SweepShards(SweepTools tools, Supplier<String> newHolders) {
        this.tools = tools;
        this.newHolders = newHolders;
    }

    /**
     * Steps that were begun within the window are finished, even when that takes a little longer.
     *
     * @param shards with {@link Shard#QUEUE} among them also what waits for its turn is submitted
     * @param due rows of these shards that the index may not show yet
     */
    public SweepReport sweep(Collection<Shard> shards, Collection<DueRow> due, Instant windowEnd)
            throws InterruptedException {
        var sweeps = shards.stream().map(shard -> sweep(shard, due, windowEnd)).collect(Collectors.toList());
        var total = new SweepReport(0, 0, 0);
        for (var report : tools.executor().invokeAll(sweeps)) {
            total = total.plus(result(report));
        }
        return total;
    }

    private Callable<SweepReport> sweep(Shard shard, Collection<DueRow> due, Instant windowEnd) {
        var holder = newHolders.get();
        return shard.equals(Shard.QUEUE)
                ? new QueueSweep(windowEnd, holder, tools)::run
                : new ShardSweep(shard, windowEnd, holder, due, tools)::run;
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
