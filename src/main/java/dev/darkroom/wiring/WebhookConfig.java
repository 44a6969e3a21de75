package dev.darkroom.wiring;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Settings of the provider's webhooks. */
@ConfigMapping(prefix = "darkroom.webhook")
interface WebhookConfig {

    /** Our own address as the provider reaches it; without it the provider is asked instead. */
    Optional<URI> publicUrl();
}
