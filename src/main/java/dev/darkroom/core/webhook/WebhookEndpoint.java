package dev.darkroom.core.webhook;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A standing endpoint: it is told about each generation of its API key that was requested after it.
 *
 * @param disabled why and since when nothing is sent to it; empty while it is enabled
 */
public record WebhookEndpoint(
        EndpointId id,
        URI url,
        Set<WebhookEvent> events,
        SecretPair secrets,
        Instant createdAt,
        Optional<Disabled> disabled) {

    /** How it was disabled. {@code byReceiver} is whether the receiver has answered 410. */
    public record Disabled(Instant at, boolean byReceiver) {}

    public WebhookEndpoint {
        events = Set.copyOf(events);
    }

    public boolean isEnabled() {
        return disabled.isEmpty();
    }

    /** What a row owes because of it. */
    public WebhookTarget target() {
        return new WebhookTarget(WebhookForm.STANDARD, events, new WebhookTarget.Endpoint(id));
    }

    WebhookEndpoint disabled(Optional<Disabled> how) {
        return new WebhookEndpoint(id, url, events, secrets, createdAt, how);
    }

    WebhookEndpoint rotated(WebhookSecret next, Instant now) {
        return new WebhookEndpoint(id, url, events, secrets.rotated(next, now), createdAt, disabled);
    }
}
