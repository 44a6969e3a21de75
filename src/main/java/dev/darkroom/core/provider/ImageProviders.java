package dev.darkroom.core.provider;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The wired providers by their ids.
 *
 * @param callback the gateway's address for the webhooks of all providers
 */
public record ImageProviders(Map<ProviderId, ImageProvider> byId, CallbackUrl callback) {

    public ImageProviders {
        byId = Map.copyOf(byId);
    }

    /** Throws {@link IllegalStateException} when two providers have the same id. */
    public static ImageProviders of(Collection<? extends ImageProvider> wired, CallbackUrl callback) {
        return new ImageProviders(
                wired.stream().collect(Collectors.toMap(ImageProvider::id, Function.identity())), callback);
    }

    /** The same providers, each behind another one. */
    public ImageProviders behind(UnaryOperator<ImageProvider> other) {
        return of(byId.values().stream().map(other).toList(), callback);
    }

    /** The provider with this id; empty when it is not wired. */
    public Optional<ImageProvider> find(ProviderId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** The provider with this id. In place of one that is not wired, an {@link UnwiredProvider}. */
    public ImageProvider of(ProviderId id) {
        return find(id).orElseGet(() -> new UnwiredProvider(id));
    }

    /** The provider that every call about the row goes to. */
    public ImageProvider of(Generation row) {
        return of(row.provider());
    }

    /** Where the provider shall send its webhook about a row; empty when no webhook will come. */
    public Optional<URI> callbackFor(ProviderId provider, GenerationId row) {
        return of(provider).webhooks().flatMap(_ -> callback.of(provider, row));
    }
}
