package dev.darkroom.core.delivery;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.KeyWebhooks;
import dev.darkroom.core.webhook.SecretPair;
import dev.darkroom.core.webhook.WebhookEndpoint;
import dev.darkroom.core.webhook.WebhookEvent;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The standing endpoints of an API key, and the secret of its other webhooks. */
public final class ManageEndpoints {

    private final KeySecrets keys;
    private final RandomSecrets random;
    private final InstantSource clock;

    public ManageEndpoints(KeySecrets keys, RandomSecrets random, InstantSource clock) {
        this.keys = keys;
        this.random = random;
        this.clock = clock;
    }

    /** The secret of webhooks to addresses of single requests. */
    public SecretPair secret(ApiKeyId key) {
        return keys.of(key).secrets();
    }

    /** Empty when the key has as many as it may have. The address was checked before. */
    public Optional<WebhookEndpoint> add(ApiKeyId key, URI url, Set<WebhookEvent> events) {
        var endpoint = new WebhookEndpoint(
                random.endpoint(), url, events, SecretPair.of(random.secret()), clock.instant(), Optional.empty());
        var stored = keys.update(key, webhooks -> webhooks.isFull() ? webhooks : webhooks.with(endpoint));
        return stored.find(endpoint.id());
    }

    public List<WebhookEndpoint> list(ApiKeyId key) {
        return keys.of(key).endpoints();
    }

    public Optional<WebhookEndpoint> find(ApiKeyId key, EndpointId id) {
        return keys.of(key).find(id);
    }

    /** Empty when there is no such endpoint; so do the others. */
    public Optional<WebhookEndpoint> setEnabled(ApiKeyId key, EndpointId id, boolean enabled) {
        var how = enabled
                ? Optional.<WebhookEndpoint.Disabled>empty()
                : Optional.of(new WebhookEndpoint.Disabled(clock.instant(), false));
        return keys.update(
                        key,
                        webhooks -> webhooks.find(id)
                                        .filter(endpoint -> endpoint.isEnabled() != enabled)
                                        .isPresent()
                                ? webhooks.disabled(id, how)
                                : webhooks)
                .find(id);
    }

    /** Replaces the secret of an endpoint; the old one is valid for another day. */
    public Optional<WebhookEndpoint> rotate(ApiKeyId key, EndpointId id) {
        return keys.update(
                        key,
                        webhooks -> webhooks.find(id).isPresent()
                                ? webhooks.rotated(id, random.secret(), clock.instant())
                                : webhooks)
                .find(id);
    }

    /** Whether there was such an endpoint. */
    public boolean delete(ApiKeyId key, EndpointId id) {
        boolean known = keys.of(key).find(id).isPresent();
        if (known) {
            keys.update(key, (KeyWebhooks webhooks) -> webhooks.find(id).isPresent() ? webhooks.without(id) : webhooks);
        }
        return known;
    }
}
