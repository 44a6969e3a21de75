package dev.darkroom.lambda;

/** The idempotency key was used for another request. Sending this one again does not help. */
public final class IdempotencyKeyReusedException extends PlannedException {

    public IdempotencyKeyReusedException() {
        super("idempotencyKey was used before for another request");
    }
}
