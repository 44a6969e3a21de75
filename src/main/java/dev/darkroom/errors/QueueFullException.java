package dev.darkroom.errors;

/** The owner has too many requests waiting. Nothing was stored; a later start finds room again. */
public final class QueueFullException extends WorkflowException {

    private static final long serialVersionUID = 1;

    public QueueFullException() {
        super("this owner has too many requests waiting; try again later");
    }
}
