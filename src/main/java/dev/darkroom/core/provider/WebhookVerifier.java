package dev.darkroom.core.provider;

import java.util.Map;

/** Verifies and parses the webhooks of one provider. */
@FunctionalInterface
public interface WebhookVerifier {

    /**
     * Verifies and parses one webhook.
     *
     * @param headers with names in lower case
     * @param body as it was received, byte for byte
     */
    ProviderWebhook verify(Map<String, String> headers, byte[] body);
}
