package dev.darkroom.core.money;

/**
 * What counts in a window.
 *
 * @param committed what is held and spent together
 * @param spent what is charged; the window of the deployment does not count it apart, and has zero here
 */
public record BudgetUse(Money committed, Money spent) {

    /** Nothing counts yet. */
    public static final BudgetUse NONE = new BudgetUse(Money.ZERO, Money.ZERO);

    /** What is held until its outcome is known. */
    public Money held() {
        return committed.minus(spent);
    }

    /** How much of the limit is left. */
    public Money left(SpendLimit limit) {
        return limit.max().minus(committed);
    }
}
