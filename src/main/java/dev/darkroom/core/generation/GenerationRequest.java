package dev.darkroom.core.generation;

import dev.darkroom.core.account.ApiKeyId;
import java.util.Optional;
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
 * @param digest of what the caller sent; null for a copy, for an erased request, for one without idempotency key,
 *     and for one of an earlier version
 * @param key the API key that the request was sent with; null for a workflow
 * @param trace where the request belongs in its caller's trace; null when the caller named none. A copy has the trace of
 *     its generation
 */
public record GenerationRequest(
        ModelId model,
        ProviderId provider,
        String input,
        int copies,
        Metadata metadata,
        @Nullable GenerationId original,
        @Nullable LinkToken link,
        @Nullable RequestDigest digest,
        @Nullable ApiKeyId key,
        @Nullable TraceParent trace) {

    public GenerationRequest {
        if (copies < 1) {
            throw new IllegalArgumentException("a request is sent at least once");
        }
        if (original != null && copies > 1) {
            throw new IllegalArgumentException("a copy is sent once");
        }
    }

    /** A request whose caller named no trace. */
    public GenerationRequest(
            ModelId model,
            ProviderId provider,
            String input,
            int copies,
            Metadata metadata,
            @Nullable GenerationId original,
            @Nullable LinkToken link,
            @Nullable RequestDigest digest,
            @Nullable ApiKeyId key) {
        this(model, provider, input, copies, metadata, original, link, digest, key, null);
    }

    /** A request of a caller whose images stay at the provider. */
    public GenerationRequest(ModelId model, ProviderId provider, String input, int copies, Metadata metadata) {
        this(model, provider, input, copies, metadata, null, null, null, null);
    }

    /** A request of a caller without metadata, which is sent once. */
    public GenerationRequest(ModelId model, ProviderId provider, String input) {
        this(model, provider, input, 1, Metadata.NONE);
    }

    /** The same request, whose images the gateway keeps under links with this token. */
    public GenerationRequest keepingImages(LinkToken token) {
        return new GenerationRequest(model, provider, input, copies, metadata, original, token, digest, key, trace);
    }

    /** Whether the gateway copies the images, and answers links of its own. */
    public boolean keepsImages() {
        return link != null;
    }

    /** The digest of what its caller sent, if it is known. */
    public Optional<RequestDigest> sent() {
        return Optional.ofNullable(digest);
    }

    /** The same request, with the digest of what its caller sent. */
    public GenerationRequest sentAs(RequestDigest sent) {
        return new GenerationRequest(model, provider, input, copies, metadata, original, link, sent, key, trace);
    }

    /** The same request, which was sent with this API key. */
    public GenerationRequest sentWith(ApiKeyId caller) {
        return new GenerationRequest(model, provider, input, copies, metadata, original, link, digest, caller, trace);
    }

    /** The same request, in its caller's trace. */
    public GenerationRequest tracedIn(TraceParent caller) {
        return new GenerationRequest(model, provider, input, copies, metadata, original, link, digest, key, caller);
    }

    /** Where it belongs in its caller's trace, if that is known. */
    public Optional<TraceParent> callersTrace() {
        return Optional.ofNullable(trace);
    }

    /**
     * Whether a caller requested the same: what is drawn is equal, or what was sent is, and another model has drawn it
     * since. The provider does not count, because callers do not choose it. The metadata does not count, because it
     * changes neither the images nor the bill.
     */
    public boolean isSameAs(GenerationRequest other) {
        return (digest != null && digest.equals(other.digest)) || drawsSameAs(other);
    }

    private boolean drawsSameAs(GenerationRequest other) {
        return model.equals(other.model) && input.equals(other.input) && copies == other.copies;
    }

    /** The request of a copy for this generation. It sends the same input, and its caller's notes stay here. */
    GenerationRequest copyFor(GenerationId generation) {
        return new GenerationRequest(model, provider, input, 1, Metadata.NONE, generation, link, null, key, trace);
    }

    /** The same request, with the text of this other one's input if they are equal. */
    GenerationRequest sharingInputOf(GenerationRequest other) {
        return input.equals(other.input)
                ? new GenerationRequest(
                        model, provider, other.input, copies, metadata, original, link, digest, key, trace)
                : this;
    }

    /** The request without what its caller wrote. The token stays, so that a deleted image differs from a guess. */
    GenerationRequest erased() {
        return new GenerationRequest(model, provider, "", copies, Metadata.NONE, original, link, null, key);
    }

    /** A valid input is never empty. */
    boolean isErased() {
        return input.isEmpty();
    }
}
