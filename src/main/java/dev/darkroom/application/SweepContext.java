package dev.darkroom.application;

import java.util.concurrent.ExecutorService;

/**
 * What every sweep works with.
 *
 * @param executor runs the steps; it needs no limit of its own
 */
public record SweepContext(
        GenerationContext generations,
        ShardLeases leases,
        SweepLimits limits,
        SweepTimer timer,
        ExecutorService executor) {}
