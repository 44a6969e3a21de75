package dev.darkroom.core.image.inspect;

import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ContentType;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.image.ImageFacts;
import java.util.List;
import java.util.Optional;

/** Decides by the bytes of a file whether it is an image, and of which format. */
public final class Inspection {

    private static final List<Format> FORMATS = List.of(
            new Format(ContentType.PNG, PngFile::isPng, PngFile::header),
            new Format(ContentType.JPEG, JpegFile::isJpeg, JpegFile::header),
            new Format(ContentType.WEBP, WebpFile::isWebp, WebpFile::header),
            new Format(ContentType.GIF, GifFile::isGif, GifFile::header),
            new Format(ContentType.AVIF, AvifFile::isAvif, AvifFile::header));

    private Inspection() {}

    private record Format(ContentType type, Signature signature, Reader reader) {

        @FunctionalInterface
        private interface Signature {
            boolean isOf(Bytes file);
        }

        @FunctionalInterface
        private interface Reader {
            Optional<Header> read(Bytes file);
        }
    }

    /** The facts of the image; empty when the bytes are no image of a format that is kept, or have no valid header. */
    public static Optional<ImageFacts> of(ImageBytes image) {
        var file = new Bytes(image.array());
        return FORMATS.stream()
                .filter(format -> matches(format, file))
                .findFirst()
                .flatMap(format -> header(format, file)
                        .map(header -> new ImageFacts(
                                image.size(),
                                format.type(),
                                ContentHash.of(image),
                                header.width(),
                                header.height(),
                                header.marks())));
    }

    private static boolean matches(Format format, Bytes file) {
        try {
            return format.signature().isOf(file);
        } catch (IndexOutOfBoundsException _) {
            return false;
        }
    }

    /** A file that ends within its header has none. */
    private static Optional<Header> header(Format format, Bytes file) {
        try {
            return format.reader().read(file).filter(header -> header.width() > 0 && header.height() > 0);
        } catch (IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }
}
