package dev.darkroom.core.money;

import java.time.Instant;

/**
 * One window of a limit: what is held and spent in it is counted together. A request counts in the windows of its
 * acceptance, whenever it ends.
 *
 * @param period the name of the window, for example {@code 2026-11-26}, {@code 2026-11} or {@code total}
 */
public record BudgetWindow(BudgetScope scope, String period) {

    private static final String SEPARATOR = "#";

    public static BudgetWindow at(Instant time, BudgetScope scope, BudgetPeriod period) {
        return new BudgetWindow(scope, period.windowAt(time));
    }

    /** Parses what {@link #toString} returns. */
    public static BudgetWindow parse(String text) {
        int end = text.lastIndexOf(SEPARATOR);
        if (end < 0) {
            throw new IllegalArgumentException("a window is a scope, # and a period");
        }
        return new BudgetWindow(new BudgetScope(text.substring(0, end)), text.substring(end + 1));
    }

    /** Whether it counts for all time. */
    public boolean isEndless() {
        return period.equals(BudgetPeriod.TOTAL.windowAt(Instant.EPOCH));
    }

    @Override
    public String toString() {
        return scope + SEPARATOR + period;
    }
}
