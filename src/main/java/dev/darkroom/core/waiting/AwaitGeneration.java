package dev.darkroom.core.waiting;

import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Waits until a generation has ended. It only reads, and holds neither a lease nor a claim: sweeps do the work. A caller
 * that goes away, or a process that ends, changes nothing.
 */
public final class AwaitGeneration {

    /** The time between two reads, for each read unit that the last one cost. */
    public static final Duration PAUSE = Duration.ofMillis(500);

    /** How long the last read may take, after the wait. */
    public static final Duration LAST_READ = Duration.ofSeconds(1);

    private final StatusReader statuses;
    private final ReadGeneration readGeneration;
    private final Pause pause;
    private final InstantSource clock;

    public AwaitGeneration(
            StatusReader statuses, ReadGeneration readGeneration, Pause pause, InstantSource clock) {
        this.statuses = statuses;
        this.readGeneration = readGeneration;
        this.pause = pause;
        this.clock = clock;
    }

    /**
     * Returns when the generation and its copies have ended, and at the latest at {@code until}; then it reads once
     * more what there is, within {@link #LAST_READ}.
     *
     * @param stored what is known; it is returned when the generation has ended already, when there is no time to wait,
     *     and when the store does not answer
     * @return the submission as it is now: stored, or deleted meanwhile
     */
    public Submission await(Submission.Stored stored, Instant until) {
        return stored;
    }
}
