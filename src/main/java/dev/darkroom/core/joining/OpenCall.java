package dev.darkroom.core.joining;

import dev.darkroom.core.generation.GenerationId;

/**
 * The call that a request belongs to, until the request is answered.
 *
 * @param holder the request's own unique name
 * @param isHeld whether the request holds the call; false for a retry that joined beside another request
 * @param call as this request left it
 * @param record as it was then
 */
public record OpenCall(CallKey key, String holder, boolean isHeld, ClientCall call, CallRecord record) {

    /** The generation that the request gets. */
    public GenerationId generation() {
        return call.generation();
    }

    /** Whether the request has begun the call, and joined no other. */
    boolean isNew() {
        return isHeld && call.requests() == 1;
    }
}
