package dev.darkroom.core.webhook;

import java.time.Duration;
import java.time.Instant;

/**
 * One attempt of a delivery, without anything of its bodies.
 *
 * @param at when it began
 * @param status of the answer; 0 when there was none
 * @param took until the answer, or until the attempt was given up
 * @param reason why it failed, a few words without an address; empty for a success, and where the status says it
 */
public record DeliveryAttempt(Instant at, int status, Duration took, String reason) {

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
