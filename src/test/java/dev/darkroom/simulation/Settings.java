package dev.darkroom.simulation;

import java.time.Duration;
import java.util.Optional;

/**
 * The configuration of the gateway.
 *
 * @param end the time after which a row of any state has ended
 * @param resubmitAfter the time from an unknown outcome to the resubmission, 10 minutes or more; empty: never
 * @param imagesPerMinute the rate limit; empty: none
 * @param rowsOfASweep how many rows a sweep holds at once, 1 or more
 */
public record Settings(
        Duration end, Optional<Duration> resubmitAfter, Optional<Integer> imagesPerMinute, int rowsOfASweep) {

    /** A claim of this age has expired. */
    public static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(30);

    private static final Duration RESUBMIT_AFTER = Duration.ofMinutes(10);
    private static final int ROWS = 10_000;

    public static Settings endingAfter(Duration end) {
        return new Settings(end, Optional.empty(), Optional.empty(), ROWS);
    }

    public Settings resubmitting() {
        return new Settings(end, Optional.of(RESUBMIT_AFTER), imagesPerMinute, rowsOfASweep);
    }

    public Settings limitedTo(int images) {
        return new Settings(end, resubmitAfter, Optional.of(images), rowsOfASweep);
    }

    public Settings holding(int rows) {
        return new Settings(end, resubmitAfter, imagesPerMinute, rows);
    }
}
