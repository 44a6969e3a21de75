package dev.darkroom.core.archive;

import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Keeps images. Each method throws an {@link ArchiveUnavailableException} when the archive could not be reached or
 * refused for a temporary reason; such a call may or may not have had its effect.
 */
public interface ImageArchive {

    /**
     * Stores an image under a key that has none. The archive itself checks the bytes against the hash. A repetition
     * changes nothing.
     */
    Stored store(ImageKey key, ImageBytes bytes, ImageFacts facts);

    /**
     * The image under the key. Without one it throws as well: S3 answers a role that may not list the bucket as if the
     * permission to read were missing.
     */
    ImageBytes read(ImageKey key);

    /** Deletes the image, if there is one. */
    void delete(ImageKey key);

    /**
     * An address under which everyone can download the image until {@code valid} has passed. No call is made, so the
     * image may not exist.
     *
     * @param valid from 1 s to 15 minutes
     * @param downloadName the file name under which a browser saves the image; empty to show it
     */
    URI link(ImageKey key, Duration valid, Optional<String> downloadName);

    /** An address like that of {@link #link}, for a HEAD request. */
    URI linkOfHead(ImageKey key, Duration valid);

    /** The result of {@link #store}. */
    sealed interface Stored {

        record Written() implements Stored {}

        /** The key has an image already, which stays: the same one or another. */
        record Exists() implements Stored {}
    }
}
