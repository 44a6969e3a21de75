package dev.darkroom.core.text;

import java.nio.charset.StandardCharsets;

/**
 * Text from outside may have halves of surrogate pairs, because JSON can encode them; tables and clients refuse them.
 */
public final class UnicodeText {

    private UnicodeText() {}

    /** The text with a question mark for each half of a surrogate pair. */
    public static String toWellFormed(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    public static boolean isWellFormed(String text) {
        return toWellFormed(text).equals(text);
    }
}
