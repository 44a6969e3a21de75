package dev.darkroom.operator;

import dev.darkroom.core.archive.ImageKey;
import java.io.IOException;
import java.nio.file.Path;

/** Downloads images that are kept. It is called by several threads at once. */
interface ImageDownloads {

    /**
     * Downloads the image into a file, which it creates or overwrites. False when the bucket has no such image.
     *
     * @throws IOException when the image could not be downloaded; the file may then have a part of it
     */
    boolean download(ImageKey key, Path file) throws IOException;
}
