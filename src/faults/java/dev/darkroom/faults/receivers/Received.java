package dev.darkroom.faults.receivers;

/**
 * A webhook as it came.
 *
 * @param key the idempotency key of the request, from the address that was registered
 * @param generation the id in the body
 * @param status of the answer; 0 when there was none in time
 */
record Received(String key, String webhookId, String generation, boolean genuine, int status) {

    boolean isDelivered() {
        return status == 204;
    }
}
