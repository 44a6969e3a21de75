package dev.darkroom.core.generation;

/**
 * What a caller requested, and which provider generates it.
 *
 * @param model the model that generates the images
 * @param provider the provider of the model when the request came. Every call about the request goes to this provider,
 *     even after the model has moved to another one
 * @param input the validated input as compact JSON: defaults filled in, members in the order of the model's schema, so
 *     that two equal requests are equal texts; it is sent to the provider unchanged. Empty once the request is erased
 * @param metadata the caller's own notes, which are not sent to the provider
 */
public record GenerationRequest(ModelId model, ProviderId provider, String input, Metadata metadata) {

    /** A request without metadata. */
    public GenerationRequest(ModelId model, ProviderId provider, String input) {
        this(model, provider, input, Metadata.NONE);
    }

    /**
     * Whether a caller requested the same. The provider does not count, because callers do not choose it. The metadata
     * does not count, because it changes neither the images nor the bill.
     */
    public boolean isSameAs(GenerationRequest other) {
        return model.equals(other.model) && input.equals(other.input);
    }

    /** The request without what its caller wrote. */
    GenerationRequest erased() {
        return new GenerationRequest(model, provider, "", Metadata.NONE);
    }

    /** A valid input is never empty. */
    boolean isErased() {
        return input.isEmpty();
    }
}
