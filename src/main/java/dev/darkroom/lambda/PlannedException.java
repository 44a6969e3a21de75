package dev.darkroom.lambda;

/** An answer to a workflow, which tells it by its class's name. Nothing is wrong with us. */
abstract sealed class PlannedException extends RuntimeException
        permits GenerationNotFinishedException,
                GenerationNotFoundException,
                IdempotencyKeyReusedException,
                InvalidEventException,
                QueueFullException {

    private static final long serialVersionUID = 1;

    PlannedException(String message) {
        super(message, null, false, false);
    }
}
