package dev.darkroom.faults;

import java.time.Duration;
import java.util.Map;

/**
 * How long a generation may stay in each state, as the functions are configured.
 *
 * @param each counts for queued rows from creation, for unconfirmed rows from the paid call, for processing rows from
 *     their submission
 */
record Limits(Duration each) {

    /** Longer than any transient fault of a run. */
    static final Limits LONG = new Limits(Duration.ofMinutes(20));

    /** Long enough for a slow machine, and shorter than a run waits for its last row. */
    static final Limits OF_CLIENTS = new Limits(Duration.ofMinutes(5));

    /** Shorter than the outage of a run. */
    static final Limits SHORT = new Limits(Duration.ofSeconds(8));

    Map<String, String> environment() {
        return Map.of(
                "DARKROOM_TIMEOUTS_QUEUED", each.toString(),
                "DARKROOM_TIMEOUTS_RECONCILIATION", each.toString(),
                "DARKROOM_TIMEOUTS_PROCESSING", each.toString());
    }
}
