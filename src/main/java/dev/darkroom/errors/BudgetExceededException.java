package dev.darkroom.errors;

/**
 * The price does not fit into a budget, or a budget applies and the model has no price. Nothing was stored; a later
 * start finds the same until the budget resets or is changed.
 */
public final class BudgetExceededException extends WorkflowException {

    private static final long serialVersionUID = 1;

    public BudgetExceededException(String message) {
        super(message);
    }
}
