package dev.darkroom.core.webhook;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * When a delivery is attempted: at once, and then after each failure. Together it takes three days.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#deliverability-and-reliability">Standard
 *     Webhooks, the example schedule</a>
 */
public final class RetrySchedule {

    private static final List<Duration> DELAYS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    /** How often a delivery is attempted at most. */
    public static final int ATTEMPTS = DELAYS.size();

    /** Up to this part of a delay is added to it, so that deliveries that failed together do not return together. */
    public static final double JITTER = 0.1;

    private RetrySchedule() {}

    /** The delay before the attempt that follows {@code failures}, without jitter; 1 to {@link #ATTEMPTS} - 1. */
    public static Duration delay(int failures) {
        return DELAYS.get(Math.clamp(failures, 0, ATTEMPTS - 1));
    }

    /** The same with jitter, which is equal for equal seeds: a decision is repeated with the same result. */
    public static Duration jittered(int failures, long seed) {
        var delay = delay(failures);
        double part = JITTER * new SplittableRandom(seed * 31 + failures).nextDouble();
        return delay.plusMillis(Math.round(delay.toMillis() * part));
    }
}
