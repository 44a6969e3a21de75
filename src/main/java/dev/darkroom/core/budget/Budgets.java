package dev.darkroom.core.budget;

import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.errors.StoreUnavailableException;

/**
 * The counters of the windows. Only the generation store changes them, in the writes of the rows that they count. Each
 * method throws {@link StoreUnavailableException} when the store does not answer.
 */
public interface Budgets {

    /** What counts in the window, as the last finished write left it. */
    BudgetUse use(BudgetWindow window);

    /**
     * Marks that a warning about the window was reported.
     *
     * @return false when it was marked before, so that each window is reported once
     */
    boolean markReported(BudgetWindow window);
}
