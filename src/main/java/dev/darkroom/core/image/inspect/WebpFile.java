package dev.darkroom.core.image.inspect;

import java.util.Optional;

/** A WebP file, see RFC 9649. */
final class WebpFile {

    private static final int FIRST_CHUNK = 12;
    private static final int CHUNK_HEADER = 8;
    private static final int LOSSLESS_SIGNATURE = 0x2F;
    private static final int FOURTEEN_BITS = 0x3FFF;

    private WebpFile() {}

    static boolean isWebp(Bytes file) {
        return file.has(0, "RIFF") && file.has(8, "WEBP");
    }

    /** The first chunk has the size of the image; marks are in later ones. */
    static Optional<Header> header(Bytes file) {
        var marks = new Marks();
        int at = FIRST_CHUNK;
        while (at + CHUNK_HEADER <= file.length()) {
            long size = file.u32LittleEndian(at + 4);
            if (size > file.length() - at - CHUNK_HEADER) {
                break;
            }
            var type = file.part(at, 4).latin1();
            if (type.equals("XMP ")) {
                marks.xmp(file.part(at + CHUNK_HEADER, (int) size));
            } else if (type.equals("C2PA")) {
                marks.c2pa();
            }
            at += CHUNK_HEADER + (int) (size + size % 2);
        }
        return header(file.part(FIRST_CHUNK, 4).latin1(), file.rest(FIRST_CHUNK + CHUNK_HEADER, file.length()), marks);
    }

    private static Optional<Header> header(String type, Bytes data, Marks marks) {
        return switch (type) {
            case "VP8X" ->
                Optional.of(new Header(data.u24LittleEndian(4) + 1, data.u24LittleEndian(7) + 1, marks.found()));
            case "VP8 " ->
                data.has(3, "\u009d\u0001*")
                        ? Optional.of(new Header(
                                data.u16LittleEndian(6) & FOURTEEN_BITS,
                                data.u16LittleEndian(8) & FOURTEEN_BITS,
                                marks.found()))
                        : Optional.empty();
            case "VP8L" ->
                data.u8(0) == LOSSLESS_SIGNATURE ? lossless(data.u32LittleEndian(1), marks) : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Header> lossless(long bits, Marks marks) {
        int width = (int) (bits & FOURTEEN_BITS) + 1;
        int height = (int) ((bits >> 14) & FOURTEEN_BITS) + 1;
        return Optional.of(new Header(width, height, marks.found()));
    }
}
