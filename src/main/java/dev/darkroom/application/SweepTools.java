package dev.darkroom.application;

import java.time.InstantSource;
import java.util.concurrent.ExecutorService;

/**
 * What a sweep works with.
 *
 * @param executor runs the steps; it needs no limit of its own
 */
public record SweepTools(
        GenerationStore store,
        ShardLeases leases,
        AdvanceGeneration advance,
        SubmissionQueue queue,
        SweepKick kick,
        GenerationEvents events,
        SweepLimits limits,
        SweepTimer timer,
        ExecutorService executor,
        InstantSource clock) {}
