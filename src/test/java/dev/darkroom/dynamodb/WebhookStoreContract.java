package dev.darkroom.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.KeyWebhooks;
import dev.darkroom.core.webhook.SecretPair;
import dev.darkroom.core.webhook.WebhookEndpoint;
import dev.darkroom.core.webhook.WebhookEvent;
import dev.darkroom.core.webhook.WebhookSecret;
import dev.darkroom.core.webhook.WebhookStore;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The contract of every {@link WebhookStore}. */
abstract class WebhookStoreContract {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final EndpointId ENDPOINT = new EndpointId("we_" + "0".repeat(32));

    private final ApiKeyId key = newKey();

    abstract WebhookStore webhooks();

    private static ApiKeyId newKey() {
        return new ApiKeyId(UUID.randomUUID().toString().replace("-", "").substring(0, 16));
    }

    private static WebhookSecret secret(int seed) {
        var bytes = new byte[WebhookSecret.BYTES];
        Arrays.fill(bytes, (byte) seed);
        return WebhookSecret.of(bytes);
    }

    private static WebhookEndpoint endpoint(EndpointId id) {
        return new WebhookEndpoint(
                id,
                URI.create("https://receiver.example/hook?token=1"),
                Set.of(WebhookEvent.COMPLETED, WebhookEvent.FAILED),
                SecretPair.of(secret(2)),
                NOW,
                Optional.empty());
    }

    @Test
    void aKeyThatNeverHadAnyHasNone() {
        assertThat(webhooks().find(key)).isEmpty();
    }

    @Test
    void theFirstVersionIsFoundByItsKeyOnly() {
        var first = KeyWebhooks.of(secret(1));

        assertThat(webhooks().write(key, first)).isTrue();

        assertThat(webhooks().find(key)).contains(first);
        assertThat(webhooks().find(newKey())).isEmpty();
    }

    @Test
    void everythingOfAnEndpointIsStored() {
        var first = KeyWebhooks.of(secret(1));
        var added = first.with(endpoint(ENDPOINT)).with(endpoint(new EndpointId("we_" + "1".repeat(32))));
        var second = new KeyWebhooks(2, added.secrets(), added.endpoints());
        var third = second.rotated(ENDPOINT, secret(3), NOW);
        var fourth = third.disabled(ENDPOINT, Optional.of(new WebhookEndpoint.Disabled(NOW, true)));

        assertThat(webhooks().write(key, first)).isTrue();
        assertThat(webhooks().write(key, second)).isTrue();
        assertThat(webhooks().find(key)).contains(second);
        assertThat(webhooks().write(key, third)).isTrue();
        assertThat(webhooks().find(key)).contains(third);
        assertThat(webhooks().write(key, fourth)).isTrue();
        assertThat(webhooks().find(key)).contains(fourth);
    }

    @Test
    void ofTwoWritersTheFirstWins() {
        var first = KeyWebhooks.of(secret(1));
        webhooks().write(key, first);
        var winner = first.with(endpoint(ENDPOINT));
        webhooks().write(key, winner);

        assertThat(webhooks().write(key, KeyWebhooks.of(secret(2)))).isFalse();
        assertThat(webhooks().write(key, first.with(endpoint(new EndpointId("we_" + "1".repeat(32))))))
                .isFalse();

        assertThat(webhooks().find(key)).contains(winner);
    }

    @Test
    void aVersionWhosePredecessorIsMissingIsNotWritten() {
        var first = KeyWebhooks.of(secret(1));

        assertThat(webhooks().write(key, first.with(endpoint(ENDPOINT)))).isFalse();

        assertThat(webhooks().find(key)).isEmpty();
    }

    /** The SDK repeats a write when the first answer is lost. */
    @Test
    void writingTheSameVersionTwiceIsASuccess() {
        var first = KeyWebhooks.of(secret(1));
        var second = first.with(endpoint(ENDPOINT));
        webhooks().write(key, first);

        assertThat(webhooks().write(key, first)).isTrue();
        webhooks().write(key, second);

        assertThat(webhooks().write(key, second)).isTrue();
        assertThat(webhooks().find(key)).contains(second);
    }
}
