package dev.darkroom.core.followup;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** The room of a process for copies of images, each of which is a whole image in memory. */
final class CopyRoom {

    /** An image has 32 MB at most, so four need 128 MB. */
    private static final int AT_ONCE = 4;

    /** When an attempt may have room that had none. */
    private static final Duration FIRST_TURN = Duration.ofSeconds(3);

    private static final Duration BETWEEN_TURNS = Duration.ofMillis(100);

    private final Semaphore places = new Semaphore(AT_ONCE);

    /** Images that have failed before get half of the room, so that many slow ones leave some to the others. */
    private final Semaphore placesOfFailing = new Semaphore(AT_ONCE / 2);

    private final InstantSource clock;
    private final Turns turns = new Turns(FIRST_TURN, BETWEEN_TURNS);

    CopyRoom(InstantSource clock) {
        this.clock = clock;
    }

    /** Attempts a copy if there is room for it. It does not wait. */
    FollowUpResult within(boolean hasFailed, Supplier<FollowUpResult> attempt) {
        return hasFailed ? within(placesOfFailing, () -> within(places, attempt)) : within(places, attempt);
    }

    private FollowUpResult within(Semaphore free, Supplier<FollowUpResult> attempt) {
        if (!free.tryAcquire()) {
            return new FollowUpResult.NoRoom(turns.next(clock.instant()));
        }
        try {
            return attempt.get();
        } finally {
            free.release();
        }
    }
}
