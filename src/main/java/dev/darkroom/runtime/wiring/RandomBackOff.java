package dev.darkroom.runtime.wiring;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/**
 * Waits before a write is retried that lost against another process: for a random time of up to 10 ms, doubled with
 * each wait, half a second at most. Without the wait all losers would retry at once, and all but one would lose again.
 */
final class RandomBackOff implements IntConsumer {

    private static final Duration FIRST = Duration.ofMillis(10);
    private static final Duration MAX = Duration.ofMillis(500);
    private static final int MAX_DOUBLINGS = 6;

    @Override
    public void accept(int refusals) {
        var doubled = FIRST.multipliedBy(1L << Math.min(refusals - 1, MAX_DOUBLINGS));
        var limit = doubled.compareTo(MAX) > 0 ? MAX : doubled;
        LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(limit.toNanos()));
    }
}
