package dev.darkroom.simulation;

import java.time.Duration;
import java.util.Optional;

/**
 * How the gateway is configured.
 *
 * @param end after so long a row of any state has ended
 * @param resubmitAfter how long after an unknown outcome a row is submitted again, 10 minutes or more; empty: never
 * @param imagesPerMinute the rate limit; empty: none
 * @param rowsOfASweep how many rows a sweep holds at once, 1 or more
 */
public record Settings(
        Duration end, Optional<Duration> resubmitAfter, Optional<Integer> imagesPerMinute, int rowsOfASweep) {

    /** A claim that is older is lost. */
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
