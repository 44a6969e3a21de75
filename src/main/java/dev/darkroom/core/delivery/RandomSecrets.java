package dev.darkroom.core.delivery;

import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.WebhookSecret;

/** Chance, for what must not be guessed. */
public interface RandomSecrets {

    WebhookSecret secret();

    EndpointId endpoint();
}
