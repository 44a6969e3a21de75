package dev.darkroom.core.generation;

/**
 * What a caller requested, and which provider generates it.
 *
 * @param model the model that generates the images
 * @param provider the provider of the model when the request came. Every call about the request goes to this provider,
 *     even after the model has moved to another one
 * @param input the validated input as compact JSON: defaults filled in, members in the order of the model's schema, so
 *     that two equal requests are equal texts; it is sent to the provider unchanged
 */
public record GenerationRequest(ModelId model, ProviderId provider, String input) {

    /** Whether a caller requested the same; the provider does not count, because callers do not choose it. */
    public boolean isSameAs(GenerationRequest other) {
        return model.equals(other.model) && input.equals(other.input);
    }
}
