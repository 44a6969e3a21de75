package dev.darkroom.core.provider;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import java.net.URI;
import java.util.Optional;

/**
 * The address to which a provider sends a webhook when a prediction has ended.
 *
 * @param gateway the gateway's own address as the provider reaches it, with the stage if there is one; empty for no
 *     webhooks
 */
public record CallbackUrl(Optional<URI> gateway) {

    public boolean isKnown() {
        return gateway.isPresent();
    }

    /** The address for a generation, without a query. */
    public Optional<URI> of(ProviderId provider, GenerationId id) {
        return gateway.map(base ->
                URI.create("%s/webhooks/%s/%s".formatted(base.toString().replaceFirst("/+$", ""), provider, id)));
    }
}
