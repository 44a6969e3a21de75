package dev.darkroom.provider.wavespeed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the provider adapter. */
@ConfigMapping(prefix = "darkroom.wavespeed")
interface WaveSpeedConfig {

    /** The address of the provider's API, without {@code /api/v3}. */
    @WithDefault("https://api.wavespeed.ai")
    URI baseUrl();

    /** The provider's key itself, which takes precedence over the secret. */
    Optional<String> apiKey();

    /**
     * The secret that has the provider's key: its name or ARN. Functions that never call the provider have neither key
     * nor secret.
     */
    Optional<String> apiKeySecret();

    /** The field that has the key, when the secret is a JSON object. */
    Optional<String> apiKeyField();

    /**
     * The secret that the provider signs its webhooks with: {@code whsec_…}, or two while one is replaced. Without it
     * no webhooks are accepted.
     */
    Optional<String> webhookSecret();

    /** What the account's tier allows, 1 to 60,000; without it only the provider's refusals limit the rate. */
    Optional<Integer> imagesPerMinute();

    /**
     * How long a free call (for a result, or for a page of the history) may take, from its beginning to the last byte
     * of its answer.
     */
    @WithDefault("PT5S")
    Duration resultTimeout();
}
