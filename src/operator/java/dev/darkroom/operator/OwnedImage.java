package dev.darkroom.operator;

import dev.darkroom.core.archive.ImageKey;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.ImageCopy;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.image.ImageFacts;
import java.time.Instant;
import java.util.Optional;

/**
 * An image of a completed generation.
 *
 * @param generation as its owner knows it, not one of its copies
 * @param number the place among the images of the generation, from 0, as in its link
 */
record OwnedImage(Generation generation, int number, ImageKey key, Output output, Instant finishedAt) {

    /** Empty when the gateway does not keep the image. */
    Optional<ImageFacts> facts() {
        return output.copy() instanceof ImageCopy.Kept(var facts) ? Optional.of(facts) : Optional.empty();
    }

    /** The name of the exported file: of an id, a number and an extension, none of which others choose. */
    String fileName(ImageFacts facts) {
        return "%s-%d.%s".formatted(generation.id(), number, facts.type().extension());
    }

    /** Why the gateway does not keep the image; only if it has no {@link #facts}. */
    String reason() {
        return switch (output.copy()) {
            case ImageCopy.Kept _ -> throw new IllegalStateException("the gateway keeps the image");
            case ImageCopy.NotCopied(var reason) -> reason;
            case ImageCopy.NotAllowed(var reason) -> reason;
            case ImageCopy.AtProvider _ ->
                generation.request().keepsImages()
                        ? "the gateway has not copied it yet; it is at the provider"
                        : "the gateway kept no images when it was made; the provider had it for a week";
        };
    }
}
