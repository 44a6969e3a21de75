package dev.darkroom.domain;

import java.time.Duration;

/**
 * How long to wait between two looks at a row: a function of the age, so that waiting costs no write. 2 s while young (the
 * provider asks for no less).
 */
public final class PollSpacing {

    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Duration LONGEST_SEARCHING = Duration.ofMinutes(15);

    private PollSpacing() {}

    /** The wait before the next poll of a prediction that was submitted {@code age} ago: a tenth of it, 5 minutes at most. */
    public static Duration after(Duration age) {
        return between(age.dividedBy(10), LONGEST);
    }

    /**
     * The wait before the next search for what a call has created that was sent {@code age} ago: half of it, 15 minutes at
     * most. What is not found within minutes is hardly there.
     */
    public static Duration searching(Duration age) {
        return between(age.dividedBy(2), LONGEST_SEARCHING);
    }

    private static Duration between(Duration wait, Duration longest) {
        if (wait.compareTo(SHORTEST) < 0) {
            return SHORTEST;
        }
        return wait.compareTo(longest) > 0 ? longest : wait;
    }
}
