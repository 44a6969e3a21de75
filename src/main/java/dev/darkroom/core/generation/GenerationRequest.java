package dev.darkroom.core.generation;

import org.jspecify.annotations.Nullable;

/**
 * What a caller requested, and which provider generates it.
 *
 * @param model the model that generates the images
 * @param provider the provider of the model when the request came. Every call about the request goes to this provider,
 *     even after the model has moved to another one
 * @param input the validated input as compact JSON: defaults filled in, members in the order of the model's schema, so
 *     that two equal requests are equal texts; it is sent to the provider unchanged. Empty once the request is erased
 * @param copies how often the input is sent, 1 or more. Each time but the first is a row of its own, a copy of the
 *     request's row ({@link GenerationId#copy})
 * @param metadata the caller's own notes, which are not sent to the provider
 * @param original the generation that this request is a copy for; null for a request of a caller
 * @param link the token of the links to the images; null when the gateway does not keep the images. A copy has the
 *     token of its generation
 */
public record GenerationRequest(
        ModelId model,
        ProviderId provider,
        String input,
        int copies,
        Metadata metadata,
        @Nullable GenerationId original,
        @Nullable LinkToken link) {

    public GenerationRequest {
        if (copies < 1) {
            throw new IllegalArgumentException("a request is sent at least once");
        }
        if (original != null && copies > 1) {
            throw new IllegalArgumentException("a copy is sent once");
        }
    }

    /** A request of a caller whose images stay at the provider. */
    public GenerationRequest(ModelId model, ProviderId provider, String input, int copies, Metadata metadata) {
        this(model, provider, input, copies, metadata, null, null);
    }

    /** A request of a caller without metadata, which is sent once. */
    public GenerationRequest(ModelId model, ProviderId provider, String input) {
        this(model, provider, input, 1, Metadata.NONE);
    }

    /** The same request, whose images the gateway keeps under links with this token. */
    public GenerationRequest keepingImages(LinkToken token) {
        return new GenerationRequest(model, provider, input, copies, metadata, original, token);
    }

    /** Whether the gateway copies the images, and answers links of its own. */
    public boolean keepsImages() {
        return link != null;
    }

    /**
     * Whether a caller requested the same. The provider does not count, because callers do not choose it. The metadata
     * does not count, because it changes neither the images nor the bill.
     */
    public boolean isSameAs(GenerationRequest other) {
        return model.equals(other.model) && input.equals(other.input) && copies == other.copies;
    }

    /** The request of a copy for this generation. It sends the same input, and its caller's notes stay here. */
    GenerationRequest copyFor(GenerationId generation) {
        return new GenerationRequest(model, provider, input, 1, Metadata.NONE, generation, link);
    }

    /** The request without what its caller wrote. The token stays, so that a deleted image differs from a guess. */
    GenerationRequest erased() {
        return new GenerationRequest(model, provider, "", copies, Metadata.NONE, original, link);
    }

    /** A valid input is never empty. */
    boolean isErased() {
        return input.isEmpty();
    }
}
