package dev.darkroom.application;

import dev.darkroom.domain.FairQueue;
import java.time.Duration;
import java.time.Instant;

/** Corrects the rounds that the gate remembers of owners whose requests were ended, or never stored. */
final class QueueRecount {

    /** By then the index shows what was enqueued before. */
    private static final Duration EVERY = Duration.ofSeconds(5);

    private FairQueue before = FairQueue.EMPTY;
    private Instant nextAt = Instant.MIN;

    /** {@code isComplete} says that {@code waiting} are all that the index showed a moment ago. */
    void recount(WaitingRows waiting, boolean isComplete, QueueSteps queue, Instant now) {
        if (!now.isBefore(nextAt)) {
            before = queue.recount(isComplete ? before : FairQueue.EMPTY, waiting.lastRounds());
            nextAt = now.plus(EVERY);
        }
    }
}
