package dev.darkroom.application;

import dev.darkroom.domain.Shard;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Advances what is due in some shards until the window ends or nothing is due within it. */
public final class SweepShards {

    private final GenerationStore store;
    private final ShardLeases leases;
    private final AdvanceGeneration advance;
    private final GenerationEvents events;
    private final SweepLimits limits;
    private final SweepTimer timer;
    private final ExecutorService executor;
    private final Supplier<String> newHolders;
    private final InstantSource clock;

    /** {@code executor} runs the steps; it needs no limit of its own. {@code newHolders} names each sweep uniquely. */
    public SweepShards(
            GenerationStore store,
            ShardLeases leases,
            AdvanceGeneration advance,
            GenerationEvents events,
            SweepLimits limits,
            SweepTimer timer,
            ExecutorService executor,
            Supplier<String> newHolders,
            InstantSource clock) {
        this.store = store;
        this.leases = leases;
        this.advance = advance;
        this.events = events;
        this.limits = limits;
        this.timer = timer;
        this.executor = executor;
        this.newHolders = newHolders;
        this.clock = clock;
    }

    /** Steps that were begun within the window are finished, even when that takes a little longer. */
    public SweepReport sweep(Collection<Shard> shards, Instant windowEnd) throws InterruptedException {
        var sweeps = shards.stream()
                .<Callable<SweepReport>>map(shard -> sweepOf(shard, windowEnd)::run)
                .collect(Collectors.toList());
        var total = new SweepReport(0, 0, 0);
        for (var report : executor.invokeAll(sweeps)) {
            total = total.plus(result(report));
        }
        return total;
    }

    private ShardSweep sweepOf(Shard shard, Instant windowEnd) {
        return new ShardSweep(
                shard, windowEnd, newHolders.get(), store, leases, advance, events, limits, timer, executor, clock);
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
