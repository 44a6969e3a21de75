package dev.darkroom.errors;

/** The idempotency key was used for another request. A retry does not help. */
public final class IdempotencyKeyReusedException extends WorkflowException {

    public IdempotencyKeyReusedException() {
        super("idempotencyKey was used before for another request");
    }
}
