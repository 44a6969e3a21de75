package dev.darkroom.core.generation;

import dev.darkroom.core.image.ImageFacts;
import java.time.Duration;

/** Where an image of a completed generation is, besides at its provider. */
public sealed interface ImageCopy {

    /** How long providers keep images. An image that is not copied by then is lost. */
    Duration KEPT_BY_PROVIDERS = Duration.ofDays(7);

    /** Nowhere else, or nowhere else yet. */
    record AtProvider() implements ImageCopy {}

    /** The gateway keeps it. */
    record Kept(ImageFacts facts) implements ImageCopy {}

    /**
     * The gateway could not copy it, and does not try again.
     *
     * @param reason for people; it contains no address
     */
    record NotCopied(String reason) implements ImageCopy {}

    /**
     * The provider's address of the image may not be opened, by the gateway or by those who have its link: it may lead
     * into a private network.
     *
     * @param reason for people; it contains no address
     */
    record NotAllowed(String reason) implements ImageCopy {}
}
