package dev.darkroom.explorer;

import dev.darkroom.simulation.Settings;
import java.time.Duration;

/**
 * What may happen in an execution.
 *
 * @param settings of the gateway
 * @param deaths how many processes may die
 * @param faults how many calls may fail
 * @param claimsAge false when a claim never looks old to who sends the paid call
 * @param historyDelay how late the provider's history is
 */
record Rules(Settings settings, int deaths, int faults, boolean claimsAge, Duration historyDelay) {

    /** Two faults, because a write that fails is tried twice. */
    static final Rules USUAL = new Rules(Settings.endingAfter(Duration.ofMinutes(30)), 1, 2, true, Duration.ZERO);

    private Rules with(Settings other) {
        return new Rules(other, deaths, faults, claimsAge, historyDelay);
    }

    Rules resubmitting() {
        return with(settings.resubmitting());
    }

    Rules limitedTo(int imagesPerMinute) {
        return with(settings.limitedTo(imagesPerMinute));
    }

    Rules withClaimsThatDoNotAge() {
        return new Rules(settings, deaths, faults, false, historyDelay);
    }

    Rules withHistoryAfter(Duration delay) {
        return new Rules(settings, deaths, faults, claimsAge, delay);
    }

    /** Whether a row is submitted again although its first prediction exists, which its operator has allowed. */
    boolean mayPayTwice() {
        return settings.resubmitAfter()
                .filter(after -> after.compareTo(historyDelay) < 0)
                .isPresent();
    }
}
