package dev.darkroom.core.queue;

import dev.darkroom.core.ratelimit.FairQueue;
import java.time.Duration;
import java.time.Instant;

/** Corrects the gate's rounds of owners whose requests have ended or were never stored. */
final class QueueRecount {

    /** After this time the index shows every request that was enqueued before. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private FairQueue before = FairQueue.EMPTY;
    private Instant nextAt = Instant.MIN;

    /** {@code isComplete} means that {@code waiting} has every row that the index showed in the last listing. */
    void recount(WaitingRows waiting, boolean isComplete, QueueSteps queue, Instant now) {
        if (!now.isBefore(nextAt)) {
            before = queue.recount(isComplete ? before : FairQueue.EMPTY, waiting.lastRounds());
            nextAt = now.plus(EVERY);
        }
    }
}
