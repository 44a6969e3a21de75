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

    /** What the provider signs its webhooks with ({@code whsec_…}); without it none are taken. */
    Optional<String> webhookSecret();

    /** How long the paid call may take to answer. */
    @WithDefault("PT10S")
    Duration submitTimeout();

    /** How long the free call for a result may take to answer. */
    @WithDefault("PT5S")
    Duration resultTimeout();
}
