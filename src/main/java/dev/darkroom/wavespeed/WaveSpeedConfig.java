package dev.darkroom.wavespeed;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Settings of the provider adapter. */
@ConfigMapping(prefix = "darkroom.wavespeed")
interface WaveSpeedConfig {

    /** Where the provider's API is, without {@code /api/v3}. */
    URI baseUrl();

    /** The provider's key. Functions that never call the provider have none. */
    Optional<String> apiKey();

    /** What the provider signs its webhooks with ({@code whsec_…}, two of them while one is replaced); without it none are taken. */
    Optional<String> webhookSecret();

    /** How long a free call may take, from its beginning to the last byte of its answer: for a result, or for a page of the history. */
    @WithDefault("PT5S")
    Duration resultTimeout();
}
