package dev.darkroom.errors;

/** An expected answer to a workflow, which recognises it by its class name; it is not an error of the gateway. */
public abstract sealed class WorkflowException extends RuntimeException
        permits BudgetExceededException,
                GenerationCancelledException,
                GenerationNotFinishedException,
                GenerationNotFoundException,
                IdempotencyKeyReusedException,
                InvalidEventException,
                QueueFullException {

    private static final long serialVersionUID = 1;

    WorkflowException(String message) {
        super(message, null, false, false);
    }
}
