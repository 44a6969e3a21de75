package dev.darkroom.core.delivery;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends webhooks to receivers. */
public interface WebhookSender {

    /** How a request ended. */
    sealed interface Sent {

        /** The receiver has answered; {@code retryAfter} is the header as it was sent. */
        record Answered(int status, Optional<String> retryAfter) implements Sent {}

        /** There is no answer. {@code reason} is a few words without an address. */
        record Unanswered(String reason) implements Sent {}

        /** The address may not be called, because it is not public. */
        record NotAllowed(String reason) implements Sent {}
    }

    /**
     * Sends a POST, once. It follows no redirect, and connects only to addresses that it has checked. It never throws.
     *
     * @param limit for all of it
     */
    Sent send(URI address, Map<String, String> headers, String body, Duration limit);

    /** Why no webhook may go to this address, for its caller to read; empty when one may. It may look up the host. */
    Optional<String> problem(URI address);
}
