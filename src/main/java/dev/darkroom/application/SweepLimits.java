package dev.darkroom.application;

import java.time.Duration;

/**
 * How a sweep works.
 *
 * @param lease how long a lease is good for without being prolonged; a sweep that dies blocks its shard for so long
 * @param discovery how often new due rows are looked for
 * @param concurrency how many steps run at once in a shard, 1 or more
 * @param rows how many rows a sweep holds at once in a shard, 1 or more
 */
public record SweepLimits(Duration lease, Duration discovery, int concurrency, int rows) {

    public SweepLimits {
        if (!lease.isPositive() || !discovery.isPositive() || concurrency < 1 || rows < 1) {
            throw new IllegalArgumentException(
                    "darkroom.sweep needs a positive lease, and a concurrency and rows of 1 or more");
        }
    }
}
