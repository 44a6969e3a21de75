package dev.darkroom.core.sweep;

import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.waiting.CompletionWaiter;
import java.util.concurrent.ExecutorService;

/**
 * What every sweep needs.
 *
 * @param executor runs the steps; it needs no limit of its own
 */
public record SweepContext(
        GenerationContext generations,
        ShardLeases leases,
        SweepLimits limits,
        CompletionWaiter waiter,
        ExecutorService executor) {}
