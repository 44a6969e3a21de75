package dev.darkroom.provider.wavespeed;

import dev.darkroom.core.provider.ImageProvider;
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
            Optional<String> webhookSecret,
            Optional<Integer> imagesPerMinute,
            Duration resultTimeout)
            implements WaveSpeedConfig {}

    private WaveSpeedProviders() {}

    /** The provider at this address, which signs its webhooks with this secret. */
    public static ImageProvider at(URI address, String webhookSecret, InstantSource clock) {
        return at(address, "the-provider-key", webhookSecret, RESULT_TIMEOUT, clock);
    }

    /** Each free call has the time limit {@code resultTimeout}. */
    static ImageProvider at(
            URI address, String key, String webhookSecret, Duration resultTimeout, InstantSource clock) {
        var config = new Config(address, Optional.of(key), Optional.of(webhookSecret), Optional.empty(), resultTimeout);
        var calls = new WaveSpeedCalls(config, clock);
        return new WaveSpeedImageProvider(config, () -> calls, new WaveSpeedWebhookVerifier(config, clock));
    }
}
