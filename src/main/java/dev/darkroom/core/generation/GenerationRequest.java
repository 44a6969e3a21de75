package dev.darkroom.core.generation;

/**
 * What a caller requested, and which provider generates it.
 *
 * @param model the model that generates the images
 * @param provider the provider of the model when the request came. Every call about the request goes to this provider,
 *     even after the model has moved to another one
 * @param input the validated input as compact JSON: defaults filled in, members in the order of the model's schema, so
 *     that two equal requests are equal texts; it is sent to the provider unchanged
 * @param copies how often the input is sent, 1 or more. Each time but the first is a row of its own, a copy of the
 *     request's row ({@link GenerationId#copy})
 */
public record GenerationRequest(ModelId model, ProviderId provider, String input, int copies) {

    public GenerationRequest {
        if (copies < 1) {
            throw new IllegalArgumentException("a request is sent at least once");
        }
    }

    /** A request that is sent once. */
    public GenerationRequest(ModelId model, ProviderId provider, String input) {
        this(model, provider, input, 1);
    }

    /** Whether a caller requested the same; the provider does not count, because callers do not choose it. */
    public boolean isSameAs(GenerationRequest other) {
        return model.equals(other.model) && input.equals(other.input) && copies == other.copies;
    }
}
