package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.SecretStore;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** Makes the real provider for tests outside of this package. */
public final class WaveSpeedProviders {

    private static final Duration RESULT_TIMEOUT = Duration.ofSeconds(5);

    private record Config(
            URI baseUrl,
            Optional<String> apiKey,
            Optional<String> apiKeySecret,
            Optional<String> apiKeyField,
            Optional<String> webhookSecret,
            Optional<Integer> imagesPerMinute,
            Duration resultTimeout)
            implements WaveSpeedConfig {}

    /** Of a function whose key is in its settings. */
    static final SecretStore NO_SECRETS = name -> {
        throw new AssertionError("no secret is read: " + name);
    };

    private WaveSpeedProviders() {}

    /** The provider at this address, whose key is kept in the secret {@code the-secret} of this store. */
    public static ImageProvider at(URI address, SecretStore secrets, InstantSource clock) {
        var config = new Config(
                address,
                Optional.empty(),
                Optional.of("the-secret"),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                RESULT_TIMEOUT);
        var calls = new WaveSpeedCalls(config, secrets, clock);
        return new WaveSpeedImageProvider(config, () -> calls, new WaveSpeedWebhookVerifier(config, clock));
    }

    /** The provider at this address, which signs its webhooks with this secret. */
    public static ImageProvider at(URI address, String webhookSecret, InstantSource clock) {
        return at(address, "the-provider-key", webhookSecret, RESULT_TIMEOUT, clock);
    }

    /** Each free call has the time limit {@code resultTimeout}. */
    static ImageProvider at(
            URI address, String key, String webhookSecret, Duration resultTimeout, InstantSource clock) {
        var config = new Config(
                address,
                Optional.of(key),
                Optional.empty(),
                Optional.empty(),
                Optional.of(webhookSecret),
                Optional.empty(),
                resultTimeout);
        var calls = new WaveSpeedCalls(config, NO_SECRETS, clock);
        return new WaveSpeedImageProvider(config, () -> calls, new WaveSpeedWebhookVerifier(config, clock));
    }
}
