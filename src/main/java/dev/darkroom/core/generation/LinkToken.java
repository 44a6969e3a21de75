package dev.darkroom.core.generation;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.regex.Pattern;

/**
 * The secret part of the links to a generation's images: 32 lower-case hexadecimal digits, 128 random bits. Whoever has
 * a link can open the image, so the token is never logged.
 */
public record LinkToken(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");

    public LinkToken {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a link token is 32 lower-case hexadecimal digits");
        }
    }

    /** Compares in constant time, so that the time does not show where a guess differs. */
    public boolean matches(String guess) {
        return MessageDigest.isEqual(value.getBytes(StandardCharsets.UTF_8), guess.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "a link token";
    }
}
