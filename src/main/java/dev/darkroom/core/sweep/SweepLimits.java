package dev.darkroom.core.sweep;

import java.time.Duration;

/**
 * The limits of a sweep.
 *
 * @param lease how long a lease lasts without being renewed; a sweep that dies blocks its shard for this long
 * @param discovery how often new due rows are listed
 * @param concurrency how many steps run at once in a shard, 1 or more
 * @param submissions how many submissions run at once in the queue, 1 or more
 * @param rows how many rows a sweep holds at once in a shard, 1 or more
 * @param handsOver whether a larger function takes over a shard that has so many due rows
 */
public record SweepLimits(
        Duration lease, Duration discovery, int concurrency, int submissions, int rows, boolean handsOver) {

    /** Of a function that no larger one takes over from. */
    public SweepLimits(Duration lease, Duration discovery, int concurrency, int submissions, int rows) {
        this(lease, discovery, concurrency, submissions, rows, false);
    }

    public SweepLimits {
        if (!lease.isPositive() || !discovery.isPositive() || concurrency < 1 || submissions < 1 || rows < 1) {
            throw new IllegalArgumentException(
                    "darkroom.sweep needs a positive lease, and a concurrency and rows of 1 or more");
        }
    }
}
