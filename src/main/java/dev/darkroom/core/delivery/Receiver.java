package dev.darkroom.core.delivery;

import dev.darkroom.core.account.ApiKeyId;
import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.WebhookSecret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where a webhook goes.
 *
 * @param key whose request it is about
 * @param endpoint empty for an address of the request
 * @param secrets what it is signed with
 */
record Receiver(ApiKeyId key, Optional<EndpointId> endpoint, URI url, List<WebhookSecret> secrets) {

    /**
     * A host, for the requests of one API key: what one caller does there holds up nobody else.
     *
     * @param name with its port
     */
    record Host(ApiKeyId key, String name) {}

    Host host() {
        return new Host(key, url.getHost() + ":" + url.getPort());
    }
}
