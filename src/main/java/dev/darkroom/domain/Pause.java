package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The provider is left alone, because it has refused a submission or asked for it (a circuit breaker: open until then, half
 * open afterwards).
 *
 * @param refusals how often in a row, 0 when it is not
 * @param refusedAt when it last did
 * @param until nothing is submitted before
 */
public record Pause(int refusals, Instant refusedAt, Instant until) {

    public static final Pause NONE = new Pause(0, Instant.EPOCH, Instant.EPOCH);

    /** A submission ends within so long; until then no other one is tried. */
    private static final Duration PROBE = Duration.ofSeconds(30);

    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int MOST_DOUBLINGS = 6;

    /**
     * A submission was refused so that nothing was created. Those that were on their way already do not count again.
     *
     * @param retryAfter for how long to wait; null when the provider did not say: 1 s, doubled each time, a minute at most
     */
    Pause refused(@Nullable Duration retryAfter, Instant sentAt, Instant now) {
        if (refusals > 0 && sentAt.isBefore(refusedAt)) {
            return retryAfter == null ? this : slowedDown(retryAfter, now);
        }
        return new Pause(refusals + 1, now, now.plus(retryAfter == null ? backoff(refusals) : retryAfter));
    }

    Pause slowedDown(Duration retryAfter, Instant now) {
        var asked = now.plus(retryAfter);
        return asked.isAfter(until) ? new Pause(Math.max(1, refusals), now, asked) : this;
    }

    /** A submission was taken. One that was on its way when another was refused says nothing of what comes after. */
    Pause accepted(Instant sentAt) {
        return sentAt.isAfter(refusedAt) ? NONE : this;
    }

    /** It is not known whether a submission was taken; the next one is tried later and later, if it was tried at all. */
    Pause unclear(Instant sentAt, Instant now) {
        return refusals == 0 ? this : refused(null, sentAt, now);
    }

    /** One submission is tried. */
    Pause probed(Instant now) {
        return refusals == 0 ? this : new Pause(refusals, refusedAt, now.plus(PROBE));
    }

    private static Duration backoff(int refusalsBefore) {
        var doubled = Duration.ofSeconds(1L << Math.min(refusalsBefore, MOST_DOUBLINGS));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }
}
