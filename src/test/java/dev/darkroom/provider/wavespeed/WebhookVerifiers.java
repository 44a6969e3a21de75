package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.provider.WebhookVerifier;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Makes the real webhook verifier for tests outside of this package. */
public final class WebhookVerifiers {

    private record Config(Optional<String> webhookSecret) implements WaveSpeedConfig {
        @Override
        public URI baseUrl() {
            return URI.create("https://provider.example");
        }

        @Override
        public Optional<String> apiKey() {
            return Optional.empty();
        }

        @Override
        public Optional<String> apiKeySecret() {
            return Optional.empty();
        }

        @Override
        public Optional<String> apiKeyField() {
            return Optional.empty();
        }

        @Override
        public Optional<Integer> imagesPerMinute() {
            return Optional.empty();
        }

        @Override
        public Duration resultTimeout() {
            return Duration.ofSeconds(5);
        }
    }

    private WebhookVerifiers() {}

    /** Verifies webhooks that are signed with this secret. */
    public static WebhookVerifier of(String webhookSecret, InstantSource clock) {
        return new WaveSpeedWebhookVerifier(new Config(Optional.of(webhookSecret)), clock);
    }
}
