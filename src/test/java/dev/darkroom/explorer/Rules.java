package dev.darkroom.explorer;

import dev.darkroom.simulation.Settings;
import java.time.Duration;

/**
 * What may happen in an execution.
 *
 * @param settings of the gateway
 * @param deaths how many processes may die
 * @param faults how many calls may fail
 * @param claimsAge false: the process that sends the paid call never sees its claim expire
 * @param historyDelay the time until the provider's history shows a new prediction
 * @param reportsFailedNotifications false: a process never sees that the notification of a task has failed
 */
record Rules(
        Settings settings,
        int deaths,
        int faults,
        boolean claimsAge,
        Duration historyDelay,
        boolean reportsFailedNotifications) {

    /** Two calls may fail, because a failed write is retried once. */
    static final Rules USUAL = new Rules(Settings.endingAfter(Duration.ofMinutes(30)), 1, 2, true, Duration.ZERO, true);

    private Rules with(Settings other) {
        return new Rules(other, deaths, faults, claimsAge, historyDelay, reportsFailedNotifications);
    }

    Rules resubmitting() {
        return with(settings.resubmitting());
    }

    Rules limitedTo(int imagesPerMinute) {
        return with(settings.limitedTo(imagesPerMinute));
    }

    Rules withClaimsThatDoNotAge() {
        return new Rules(settings, deaths, faults, false, historyDelay, reportsFailedNotifications);
    }

    Rules withHistoryAfter(Duration delay) {
        return new Rules(settings, deaths, faults, claimsAge, delay, reportsFailedNotifications);
    }

    Rules withUnreportedNotifications() {
        return new Rules(settings, deaths, faults, claimsAge, historyDelay, false);
    }

    /** Whether a row may be resubmitted before the history shows its first prediction; the settings allow that. */
    boolean mayPayTwice() {
        return settings.resubmitAfter()
                .filter(after -> after.compareTo(historyDelay) < 0)
                .isPresent();
    }
}
