package dev.darkroom.core.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The secrets of an endpoint, or of an API key.
 *
 * @param previous the one before the last rotation; empty when none is valid any more
 */
public record SecretPair(WebhookSecret current, Optional<Previous> previous) {

    /** How long both secrets are valid after a rotation. */
    public static final Duration OVERLAP = Duration.ofDays(1);

    /** A replaced secret, which is valid until {@code until}. */
    public record Previous(WebhookSecret secret, Instant until) {}

    public static SecretPair of(WebhookSecret first) {
        return new SecretPair(first, Optional.empty());
    }

    /** After a rotation. */
    public SecretPair rotated(WebhookSecret next, Instant now) {
        return new SecretPair(next, Optional.of(new Previous(current, now.plus(OVERLAP))));
    }

    /** Those that a webhook is signed with, the current one first. */
    public List<WebhookSecret> validAt(Instant now) {
        return previous.filter(old -> now.isBefore(old.until()))
                .map(old -> List.of(current, old.secret()))
                .orElseGet(() -> List.of(current));
    }
}
