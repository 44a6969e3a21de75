package dev.darkroom.core.archive;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.image.ContentHash;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.Optional;

/**
 * Which image of an owner has which content. Each method throws a {@link StoreUnavailableException} when the store did
 * not answer.
 */
public interface ImageIndex {

    /** Adds an image. Of several images with the same content the last one is found. A repetition changes nothing. */
    void add(Owner owner, ContentHash content, ImageKey image);

    /**
     * The owner's image with this content; empty when there is none. Its row may have been deleted since, or may not
     * have the image yet.
     */
    Optional<ImageKey> find(Owner owner, ContentHash content);
}
