package dev.darkroom.core.image;

import java.util.List;

/**
 * What the bytes of an image file say.
 *
 * @param bytes the size of the file, 1 or more
 * @param width in pixels, 1 or more
 * @param height in pixels, 1 or more
 */
public record ImageFacts(long bytes, ContentType type, ContentHash sha256, int width, int height, List<Mark> marks) {

    public ImageFacts {
        marks = List.copyOf(marks);
        if (bytes < 1 || width < 1 || height < 1) {
            throw new IllegalArgumentException("an image has at least one byte and one pixel");
        }
    }
}
