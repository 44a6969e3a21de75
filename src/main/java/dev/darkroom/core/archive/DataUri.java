package dev.darkroom.core.archive;

import dev.darkroom.core.image.ImageBytes;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/** A {@code data:} URI of base64, as programs write it: in either alphabet, in lines, or percent-encoded. */
final class DataUri {

    private static final String BASE64 = ";base64,";

    private DataUri() {}

    /** The data; empty when the URI is not base64, or its data is larger than an image may be. */
    static Optional<ImageBytes> decoded(String uri) {
        int start = uri.indexOf(',') + 1;
        if (!uri.substring(0, start).toLowerCase(Locale.ROOT).endsWith(BASE64)) {
            return Optional.empty();
        }
        try {
            var data = Base64.getDecoder().decode(plain(uri, start));
            var bytes = new byte[data.remaining()];
            data.get(bytes);
            return Optional.of(new ImageBytes(bytes));
        } catch (IllegalArgumentException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    /** The base64 in the usual alphabet and without anything else. Throws when it cannot be base64. */
    private static ByteBuffer plain(String uri, int start) {
        var plain = ByteBuffer.allocate(uri.length() - start);
        for (int at = start; at < uri.length(); at++) {
            char next = uri.charAt(at);
            if (next == '%') {
                next = (char) HexFormat.fromHexDigits(uri, at + 1, at + 3);
                at += 2;
            }
            if (!Character.isWhitespace(next)) {
                plain.put(usual(next));
            }
        }
        return plain.flip();
    }

    private static byte usual(char next) {
        return switch (next) {
            case '-' -> '+';
            case '_' -> '/';
            default -> {
                if (next > 0x7F) {
                    throw new IllegalArgumentException("not base64");
                }
                yield (byte) next;
            }
        };
    }
}
