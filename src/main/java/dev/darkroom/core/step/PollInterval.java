package dev.darkroom.core.step;

import java.time.Duration;

/**
 * The time between two checks of a row: a function of its age, so that waiting costs no write. It is 2 s for a young
 * row, because the provider asks clients to poll no more often.
 */
public final class PollInterval {

    private static final Duration MIN = Duration.ofSeconds(2);
    private static final Duration MAX_POLLING = Duration.ofMinutes(5);
    private static final Duration MAX_RECONCILING = Duration.ofMinutes(15);

    private PollInterval() {}

    /**
     * The wait before the next poll of a prediction that was submitted {@code age} ago: a tenth of it, 5 minutes at
     * most.
     */
    public static Duration forPolling(Duration age) {
        return between(age.dividedBy(10), MAX_POLLING);
    }

    /**
     * The wait before the next search for the prediction of a call that was sent {@code age} ago: half of it, 15
     * minutes at most. A prediction that is not found within minutes is unlikely to exist.
     */
    public static Duration forReconciling(Duration age) {
        return between(age.dividedBy(2), MAX_RECONCILING);
    }

    private static Duration between(Duration wait, Duration max) {
        if (wait.compareTo(MIN) < 0) {
            return MIN;
        }
        return wait.compareTo(max) > 0 ? max : wait;
    }
}
