package dev.darkroom.core.step;

import java.time.Duration;

/**
 * The time between two checks of a row: a function of its age, so that waiting costs no write. A young row is polled so
 * often that its image is seen within 1.5 s in 95 of 100 cases. The provider's page recommends 2 s, and its own clients
 * poll every second. A search of the history is larger, so it waits for 2 s.
 */
public final class PollInterval {

    private static final Duration MIN_POLLING = Duration.ofMillis(1_200);
    private static final Duration MIN_RECONCILING = Duration.ofSeconds(2);
    private static final Duration MAX_POLLING = Duration.ofMinutes(5);
    private static final Duration MAX_RECONCILING = Duration.ofMinutes(15);

    private PollInterval() {}

    /**
     * The wait before the next poll of a prediction that was submitted {@code age} ago: a twentieth of it, from
     * 1.2 s to 5 minutes.
     */
    public static Duration forPolling(Duration age) {
        return between(age.dividedBy(20), MIN_POLLING, MAX_POLLING);
    }

    /**
     * The wait before the next search for the prediction of a call that was sent {@code age} ago: half of it, from
     * 2 s to 15 minutes. A prediction that is not found within minutes is unlikely to exist.
     */
    public static Duration forReconciling(Duration age) {
        return between(age.dividedBy(2), MIN_RECONCILING, MAX_RECONCILING);
    }

    private static Duration between(Duration wait, Duration min, Duration max) {
        if (wait.compareTo(min) < 0) {
            return min;
        }
        return wait.compareTo(max) > 0 ? max : wait;
    }
}
