package dev.darkroom.core.budget;

import dev.darkroom.core.money.BudgetUse;
import dev.darkroom.core.money.BudgetWindow;
import dev.darkroom.core.store.StoreRefusedException;
import dev.darkroom.errors.StoreUnavailableException;

/**
 * The counters of the windows. Only the generation store changes them, in the writes of the rows that they count. Each
 * method throws {@link StoreUnavailableException} when the store does not answer.
 */
public interface Budgets {

    /**
     * What counts in the window, as the last finished write left it. Throws {@link StoreRefusedException} when that is
     * no number.
     */
    BudgetUse use(BudgetWindow window);

    /** Whether a warning about the window was reported, as far as it is marked. */
    boolean isReported(BudgetWindow window);

    /** Marks that a warning about the window was reported. It may be repeated. */
    void markReported(BudgetWindow window);
}
