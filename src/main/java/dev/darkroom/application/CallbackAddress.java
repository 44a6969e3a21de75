package dev.darkroom.application;

import dev.darkroom.domain.GenerationId;
import java.net.URI;
import java.util.Optional;

/**
 * Where the provider can tell us that a prediction has ended.
 *
 * @param gateway our own address as the provider reaches it, with the stage if there is one; empty when it shall not tell
 */
public record CallbackAddress(Optional<URI> gateway) {

    /** The path of the endpoint, up to the generation's id. */
    public static final String PATH = "/webhooks/";

    public boolean isKnown() {
        return gateway.isPresent();
    }

    /** The address for a generation, without a query. */
    public Optional<URI> of(GenerationId id) {
        return gateway.map(base -> URI.create(base.toString().replaceFirst("/+$", "") + PATH + id));
    }
}
