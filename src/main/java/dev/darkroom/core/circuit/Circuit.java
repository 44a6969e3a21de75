package dev.darkroom.core.circuit;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker as a value: closed, open until a time, then half-open for one probe at a time.
 *
 * @param failures consecutive calls that showed an outage, 0 or more; counted only while the circuit is closed
 * @param openings how often the circuit has opened since it was last closed, 0 while it is closed
 * @param openedAt when it last opened; a call that was sent earlier can neither close it nor open it again
 * @param openUntil no call is let through before
 * @param probeUntil no other call is let through before, while a probe is in flight; from then on the probe counts as
 *     lost
 * @see <a href="https://learn.microsoft.com/en-us/azure/architecture/patterns/circuit-breaker">Circuit breaker</a>
 */
public record Circuit(int failures, int openings, Instant openedAt, Instant openUntil, Instant probeUntil) {

    public static final Circuit CLOSED = new Circuit(0, 0, Instant.EPOCH, Instant.EPOCH, Instant.EPOCH);

    /** Every call ends within this time. */
    private static final Duration MAX_CALL = Duration.ofSeconds(30);

    private static final Duration WHILE_PROBING = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);
    private static final int MAX_DOUBLINGS = 6;
    private static final int REFUSALS_OF_A_PAUSE = 30;

    public boolean isClosed() {
        return openings == 0;
    }

    /** When the next call may be let through: now, if the time is not after {@code now}. */
    public Instant admitsAt(Instant now) {
        if (now.isBefore(openUntil) || !now.isBefore(probeUntil)) {
            return openUntil;
        }
        // A probe usually ends long before it counts as lost.
        var soon = now.plus(WHILE_PROBING);
        return soon.isBefore(probeUntil) ? soon : probeUntil;
    }

    /** Lets a call through; unless the circuit is closed, the call is the probe. */
    public Circuit admitted(Instant now) {
        return isClosed() ? this : new Circuit(failures, openings, openedAt, openUntil, now.plus(MAX_CALL));
    }

    /** The call that was let through was not made, or its outcome says nothing; the next call may be made at once. */
    public Circuit released() {
        return isClosed() ? this : new Circuit(failures, openings, openedAt, openUntil, Instant.EPOCH);
    }

    /** A call that was sent at {@code sentAt} was answered. */
    public Circuit succeeded(Instant sentAt) {
        return isClosed() || sentAt.isAfter(openedAt) ? CLOSED : this;
    }

    /**
     * A call that was sent at {@code sentAt} showed an outage.
     *
     * @param threshold how many such calls in a row open it, 1 or more
     * @param retryAfter how long the other side asked to wait, null when it did not ask; it can only prolong the pause
     */
    public Circuit failed(Instant sentAt, int threshold, @Nullable Duration retryAfter, Instant now) {
        if (!isClosed() && !sentAt.isAfter(openedAt)) {
            return retryAfter == null ? this : openUntil(later(openUntil, now.plus(retryAfter)));
        }
        if (isClosed() && failures + 1 < threshold) {
            return new Circuit(failures + 1, 0, openedAt, openUntil, probeUntil);
        }
        return opened(openings, retryAfter, now);
    }

    /**
     * The other side is up, but refused the call that was sent at {@code sentAt}. One refusal opens the circuit. The
     * pause doubles only with every thirtieth refusal in a row, because the other side may refuse some calls for good
     * and accept others.
     */
    public Circuit refused(Instant sentAt, @Nullable Duration retryAfter, Instant now) {
        return isClosed() || sentAt.isAfter(openedAt)
                ? opened(openings / REFUSALS_OF_A_PAUSE, retryAfter, now)
                : failed(sentAt, 1, retryAfter, now);
    }

    /**
     * The probe showed nothing new: repeats the last pause, or the time that the other side asked for if it is longer.
     */
    public Circuit repeated(@Nullable Duration retryAfter, Instant now) {
        return isClosed() ? this : released().openUntil(later(openUntil, pauseEnd(openings - 1, retryAfter, now)));
    }

    private Circuit opened(int doublings, @Nullable Duration retryAfter, Instant now) {
        return new Circuit(0, openings + 1, now, pauseEnd(doublings, retryAfter, now), now);
    }

    private Circuit openUntil(Instant until) {
        return new Circuit(failures, openings, openedAt, until, probeUntil);
    }

    private static Instant pauseEnd(int doublings, @Nullable Duration retryAfter, Instant now) {
        var doubled = Duration.ofSeconds(1L << Math.min(doublings, MAX_DOUBLINGS));
        var ownEnd = now.plus(doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled);
        return retryAfter == null ? ownEnd : later(ownEnd, now.plus(retryAfter));
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
