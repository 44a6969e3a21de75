package dev.darkroom.faults;

import java.time.Duration;
import java.util.Map;

/**
 * How long a generation may last in each state, as the functions are told.
 *
 * @param each queued since it was created, unconfirmed since its submission was sent, processing since it was submitted
 */
record Limits(Duration each) {

    /** Longer than any fault of a run that passes. */
    static final Limits LONG = new Limits(Duration.ofMinutes(20));

    /** Shorter than the outage of a run. */
    static final Limits SHORT = new Limits(Duration.ofSeconds(8));

    Map<String, String> environment() {
        return Map.of(
                "DARKROOM_TIMINGS_SUBMIT_GIVE_UP", each.toString(),
                "DARKROOM_TIMINGS_UNCONFIRMED_GIVE_UP", each.toString(),
                "DARKROOM_TIMINGS_PROCESSING_GIVE_UP", each.toString());
    }
}
