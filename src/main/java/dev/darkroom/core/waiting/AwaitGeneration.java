package dev.darkroom.core.waiting;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.Deadline;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.UnreadableRowException;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Waits until a generation has ended. It only reads, and holds neither a lease nor a claim: sweeps do the work. A
 * caller that goes away, or a process that ends, changes nothing.
 */
public final class AwaitGeneration {

    /** The time between two reads, for each read unit that the last one cost. */
    public static final Duration PAUSE = Duration.ofMillis(500);

    /** How long the last read may take, after the wait. */
    public static final Duration LAST_READ = Duration.ofSeconds(1);

    private final GenerationContext context;
    private final StatusReader statuses;
    private final ReadGeneration readGeneration;
    private final Pause pause;

    public AwaitGeneration(
            GenerationContext context, StatusReader statuses, ReadGeneration readGeneration, Pause pause) {
        this.context = context;
        this.statuses = statuses;
        this.readGeneration = readGeneration;
        this.pause = pause;
    }

    /**
     * Returns when the generation and its copies have ended, and at the latest at {@code until}. Then it reads the
     * generation once, within {@link #LAST_READ}. An interrupt of the thread ends the wait, and stays set.
     *
     * @param stored what is known of the generation
     * @return the generation as it is now; what was known when it has ended already, when there is no time to wait,
     *     when the store does not answer at the end, and when it was deleted meanwhile
     */
    public Submission.Stored await(Submission.Stored stored, Instant until) {
        if (hasEnded(stored) || !context.now().isBefore(until)) {
            return stored;
        }
        return Deadline.within(Optional.of(until.plus(LAST_READ)), () -> watched(stored, until));
    }

    private static boolean hasEnded(Submission.Stored submission) {
        return submission.generation().state().status().isTerminal();
    }

    private Submission.Stored watched(Submission.Stored stored, Instant until) {
        try {
            watch(rows(stored.generation()), until);
            var read = read(stored);
            if (!hasEnded(read)) {
                context.listener().waitTimedOut(read.generation().id());
            }
            return read;
        } catch (StoreUnavailableException | UnreadableRowException e) {
            context.listener().stepFailed(stored.generation().id(), e);
            return stored;
        }
    }

    /**
     * The rows in the order in which they are watched. The first one has ended when its copies are read, so that a copy
     * without a row is not needed any more. The last copy is submitted last, and usually ends last.
     */
    private static Deque<GenerationId> rows(Generation generation) {
        var rows = new ArrayDeque<GenerationId>();
        rows.add(generation.id());
        rows.addAll(generation.copyIds().reversed());
        return rows;
    }

    /** Returns when all rows have ended, when it is {@code until}, or when the thread is interrupted. */
    private void watch(Deque<GenerationId> rows, Instant until) {
        int readUnits = 1;
        try {
            while (!rows.isEmpty() && isTimeLeftAfterPause(readUnits, until)) {
                readUnits = removeEnded(rows);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isTimeLeftAfterPause(int readUnits, Instant until) throws InterruptedException {
        var left = Duration.between(context.now(), until);
        var wanted = PAUSE.multipliedBy(readUnits);
        if (left.isPositive()) {
            pause.of(wanted.compareTo(left) < 0 ? wanted : left);
        }
        return context.now().isBefore(until);
    }

    /** Reads rows until one has not ended. Returns what that cost. A read that fails is repeated after a pause. */
    private int removeEnded(Deque<GenerationId> rows) {
        int readUnits = 0;
        try {
            while (!rows.isEmpty()) {
                var reading = statuses.read(rows.element());
                readUnits += reading.readUnits();
                if (!reading.hasEnded()) {
                    break;
                }
                rows.remove();
            }
            return readUnits;
        } catch (StoreUnavailableException _) {
            return readUnits + 1;
        }
    }

    private Submission.Stored read(Submission.Stored stored) {
        return readGeneration
                .read(stored.generation().id(), stored.generation().owner())
                .map(reading -> new Submission.Stored(
                        reading.generation(),
                        reading.position(),
                        stored.notices().and(reading.notices()),
                        stored.repeated()))
                .orElse(stored);
    }
}
