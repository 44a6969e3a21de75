package dev.darkroom.lambda;

/** Too many requests wait for their turn. Nothing was stored; later there is room again. */
public final class QueueFullException extends PlannedException {

    private static final long serialVersionUID = 1;

    public QueueFullException() {
        super("too many requests of this owner wait for their turn; start it again later");
    }
}
