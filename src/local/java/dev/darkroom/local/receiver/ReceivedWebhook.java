package dev.darkroom.local.receiver;

import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookSecret;
import dev.darkroom.core.webhook.WebhookSignatures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A webhook as it came.
 *
 * @param timestamp the header, as are {@code id} and {@code signature}; empty when it is missing
 */
record ReceivedWebhook(String id, String timestamp, String signature, String body) {

    /** How far its time may be off. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);

    /** Why it must not be trusted; empty when it is signed with the secret. */
    String problem(WebhookSecret secret, Instant now) {
        Instant at;
        try {
            at = Instant.ofEpochSecond(Long.parseLong(timestamp));
        } catch (NumberFormatException _) {
            return "webhook-timestamp is not a time";
        }
        if (Duration.between(at, now).abs().compareTo(TOLERANCE) > 0) {
            return "webhook-timestamp is more than five minutes off";
        }
        var form = signature.startsWith("v3,") ? WebhookForm.PROVIDER : WebhookForm.STANDARD;
        var expected = Objects.requireNonNull(WebhookSignatures.headers(form, id, at, body, List.of(secret))
                        .get("webhook-signature"))
                .getBytes(StandardCharsets.UTF_8);
        boolean valid = List.of(signature.split(" ")).stream()
                .map(one -> one.getBytes(StandardCharsets.UTF_8))
                .anyMatch(one -> MessageDigest.isEqual(one, expected));
        return valid ? "" : "the signature is not of this secret; a standing endpoint has one of its own (SECRET=)";
    }
}
