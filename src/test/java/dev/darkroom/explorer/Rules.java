package dev.darkroom.explorer;

import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.BudgetScope;
import dev.darkroom.core.money.SpendLimit;
import dev.darkroom.simulation.FewModels;
import dev.darkroom.simulation.Settings;
import java.time.Duration;
import java.util.List;

/**
 * What may happen in an execution.
 *
 * @param settings of the gateway
 * @param deaths how many processes may die
 * @param faults how many calls may fail
 * @param claimsAge false: the process that sends the paid call never sees its claim expire
 * @param historyDelay the time until the provider's history shows a new prediction
 * @param reportsFailedNotifications false: a process never sees that the notification of a task has failed
 * @param budget how many calls may be paid for
 */
record Rules(
        Settings settings,
        int deaths,
        int faults,
        boolean claimsAge,
        Duration historyDelay,
        boolean reportsFailedNotifications,
        int budget) {

    private static final BudgetScope KEY = BudgetScope.ofKey("0123456789abcdef");
    private static final int ENOUGH = 1_000;

    /** Two calls may fail, because a failed write is retried once. */
    static final Rules USUAL =
            new Rules(Settings.endingAfter(Duration.ofMinutes(30)), 1, 2, true, Duration.ZERO, true, ENOUGH);

    private Rules with(Settings other) {
        return new Rules(other, deaths, faults, claimsAge, historyDelay, reportsFailedNotifications, budget);
    }

    Rules resubmitting() {
        return with(settings.resubmitting());
    }

    Rules limitedTo(int imagesPerMinute) {
        return with(settings.limitedTo(imagesPerMinute));
    }

    Rules withClaimsThatDoNotAge() {
        return new Rules(settings, deaths, faults, false, historyDelay, reportsFailedNotifications, budget);
    }

    Rules withHistoryAfter(Duration delay) {
        return new Rules(settings, deaths, faults, claimsAge, delay, reportsFailedNotifications, budget);
    }

    Rules withUnreportedNotifications() {
        return new Rules(settings, deaths, faults, claimsAge, historyDelay, false, budget);
    }

    /** The budget is used up by this many calls. */
    Rules withBudgetOf(int calls) {
        return new Rules(settings, deaths, faults, claimsAge, historyDelay, reportsFailedNotifications, calls);
    }

    /** The limits on every request: of its key, and of the deployment. */
    List<SpendLimit> limits() {
        return List.of(
                new SpendLimit(KEY, BudgetPeriod.MONTH, FewModels.PRICE.times(budget)),
                new SpendLimit(BudgetScope.DEPLOYMENT, BudgetPeriod.DAY, FewModels.PRICE.times(budget)));
    }

    /** Whether a row may be resubmitted before the history shows its first prediction; the settings allow that. */
    boolean mayPayTwice() {
        return settings.resubmitAfter()
                .filter(after -> after.compareTo(historyDelay) < 0)
                .isPresent();
    }
}
