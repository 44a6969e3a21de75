package dev.darkroom.domain;

import java.nio.charset.StandardCharsets;

/** Text from outside may have halves of surrogate pairs, for JSON can spell them; no table and no client takes them. */
public final class Characters {

    private Characters() {}

    /** The text with a question mark for each half of a character. */
    public static String whole(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    static boolean areWhole(String text) {
        return whole(text).equals(text);
    }
}
