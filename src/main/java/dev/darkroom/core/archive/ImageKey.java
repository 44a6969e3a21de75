package dev.darkroom.core.archive;

import dev.darkroom.core.generation.GenerationId;

/**
 * Where an image is kept. It follows from the row, so the row does not store it.
 *
 * @param row the row that has the image: the generation's own or a copy's
 * @param number the place among the outputs of the row, from 0
 */
public record ImageKey(GenerationId row, int number) {

    public ImageKey {
        if (number < 0) {
            throw new IllegalArgumentException("an image's number is not negative");
        }
    }

    /** The name of the object in the archive, without an extension: its type is metadata of the object. */
    public String objectName() {
        return "images/%s/%d".formatted(row, number);
    }
}
