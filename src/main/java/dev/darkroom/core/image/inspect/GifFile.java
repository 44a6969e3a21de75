package dev.darkroom.core.image.inspect;

import java.util.List;
import java.util.Optional;

/** A GIF file, see https://www.w3.org/Graphics/GIF/spec-gif89a.txt. Its marks are not read. */
final class GifFile {

    private GifFile() {}

    static boolean isGif(Bytes file) {
        return file.has(0, "GIF87a") || file.has(0, "GIF89a");
    }

    static Optional<Header> header(Bytes file) {
        return Optional.of(new Header(file.u16LittleEndian(6), file.u16LittleEndian(8), List.of()));
    }
}
