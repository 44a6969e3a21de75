package dev.darkroom.restclient;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Percent-encodes all but the unreserved characters, so that a text stays one segment of a path or one value of a query.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc3986#section-2.3">RFC 3986</a>
 */
final class PercentEncoding {

    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private PercentEncoding() {}

    static String of(String text) {
        return encoded(text, false);
    }

    /** Leaves slashes as they are. */
    static String ofSegments(String text) {
        return encoded(text, true);
    }

    private static String encoded(String text, boolean withSlashes) {
        var encoded = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            if (isUnreserved(b) || (withSlashes && b == '/')) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append(HEX.toHexDigits(b));
            }
        }
        return encoded.toString();
    }

    private static boolean isUnreserved(byte b) {
        return (b >= 'a' && b <= 'z')
                || (b >= 'A' && b <= 'Z')
                || (b >= '0' && b <= '9')
                || b == '-'
                || b == '.'
                || b == '_'
                || b == '~';
    }
}
