package dev.darkroom.errors;

/** The idempotency key was used for another request, or for a generation that was deleted. A retry does not help. */
public final class IdempotencyKeyReusedException extends WorkflowException {

    public IdempotencyKeyReusedException() {
        this("idempotencyKey was used before for another request");
    }

    public IdempotencyKeyReusedException(String message) {
        super(message);
    }
}
