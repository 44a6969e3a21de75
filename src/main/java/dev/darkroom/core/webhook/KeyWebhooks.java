package dev.darkroom.core.webhook;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The webhooks of an API key. Every change makes the next version.
 *
 * @param version 1 when it is first stored, one more with each write
 * @param secrets those of webhooks to addresses of single requests
 */
public record KeyWebhooks(long version, SecretPair secrets, List<WebhookEndpoint> endpoints) {

    /** How many standing endpoints a key has at most. */
    public static final int MAX_ENDPOINTS = 5;

    public KeyWebhooks {
        endpoints = List.copyOf(endpoints);
    }

    /** The first version. */
    public static KeyWebhooks of(WebhookSecret secret) {
        return new KeyWebhooks(1, SecretPair.of(secret), List.of());
    }

    public Optional<WebhookEndpoint> find(EndpointId id) {
        return endpoints.stream().filter(endpoint -> endpoint.id().equals(id)).findFirst();
    }

    public boolean isFull() {
        return endpoints.size() >= MAX_ENDPOINTS;
    }

    /** The next version, with one more endpoint. */
    public KeyWebhooks with(WebhookEndpoint endpoint) {
        var all = new ArrayList<>(endpoints);
        all.add(endpoint);
        return new KeyWebhooks(version + 1, secrets, all);
    }

    /** The next version, without an endpoint. */
    public KeyWebhooks without(EndpointId id) {
        return new KeyWebhooks(
                version + 1,
                secrets,
                endpoints.stream().filter(endpoint -> !endpoint.id().equals(id)).toList());
    }

    /** The next version, with another secret of an endpoint. */
    public KeyWebhooks rotated(EndpointId id, WebhookSecret next, Instant now) {
        return changed(id, endpoint -> endpoint.rotated(next, now));
    }

    /** The next version, with an endpoint disabled, or enabled when {@code how} is empty. */
    public KeyWebhooks disabled(EndpointId id, Optional<WebhookEndpoint.Disabled> how) {
        return changed(id, endpoint -> endpoint.disabled(how));
    }

    private KeyWebhooks changed(EndpointId id, UnaryOperator<WebhookEndpoint> change) {
        return new KeyWebhooks(
                version + 1,
                secrets,
                endpoints.stream()
                        .map(endpoint -> endpoint.id().equals(id) ? change.apply(endpoint) : endpoint)
                        .toList());
    }
}
