package dev.darkroom.core.followup;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The room of a process for copies of images, each of which is a whole image in memory. */
final class CopyRoom {

    /** An image has 32 MB at most, so four need 128 MB. */
    private static final int AT_ONCE = 4;

    /** When an attempt may have room that had none. */
    private static final Duration FIRST_TURN = Duration.ofSeconds(3);

    /** Rows that wait are read at this rate, however many they are. */
    private static final Duration BETWEEN_TURNS = Duration.ofMillis(100);

    private final Semaphore places = new Semaphore(AT_ONCE);

    /** Images that have failed before get half of the room, so that many slow ones leave some to the others. */
    private final Semaphore placesOfFailing = new Semaphore(AT_ONCE / 2);

    private final InstantSource clock;
    private Instant lastTurn = Instant.MIN;

    CopyRoom(InstantSource clock) {
        this.clock = clock;
    }

    /** Attempts a copy if there is room for it. It does not wait. */
    FollowUpResult within(boolean hasFailed, Supplier<FollowUpResult> attempt) {
        return hasFailed ? within(placesOfFailing, () -> within(places, attempt)) : within(places, attempt);
    }

    private FollowUpResult within(Semaphore free, Supplier<FollowUpResult> attempt) {
        if (!free.tryAcquire()) {
            return new FollowUpResult.NoRoom(nextTurn());
        }
        try {
            return attempt.get();
        } finally {
            free.release();
        }
    }

    /** One after the other, so that not all that wait come back at the same moment. */
    private synchronized Instant nextTurn() {
        var earliest = clock.instant().plus(FIRST_TURN);
        var next = lastTurn.plus(BETWEEN_TURNS);
        lastTurn = next.isBefore(earliest) ? earliest : next;
        return lastTurn;
    }
}
