package dev.darkroom.local.gateway;

/** Follows the answers of the gateway. Called on the thread of each request, before the answer is sent. */
@FunctionalInterface
public interface GatewayListener {

    /** The gateway answers a request with a 4xx or 5xx. */
    void refused(Refusal refusal);

    /** The gateway answers a request, whatever the status is. */
    default void answered(Answer answer) {}
}
