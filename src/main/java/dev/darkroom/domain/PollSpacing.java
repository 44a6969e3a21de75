package dev.darkroom.domain;

import java.time.Duration;

/**
 * How long to wait between two polls: a function of the age, so that waiting costs no write. 2 s while young (the
 * provider asks for no less), then a tenth of the age, 5 minutes at most.
 */
public final class PollSpacing {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final int FRACTION_OF_AGE = 10;

    private PollSpacing() {}

    /** The wait before the next poll of a prediction that was submitted {@code age} ago. */
    public static Duration after(Duration age) {
        var tenth = age.dividedBy(FRACTION_OF_AGE);
        if (tenth.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return tenth.compareTo(LONGEST) > 0 ? LONGEST : tenth;
    }
}
