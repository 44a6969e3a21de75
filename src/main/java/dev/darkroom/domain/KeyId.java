package dev.darkroom.domain;

import java.util.Optional;
import java.util.regex.Pattern;

/** What people call an API key by: the first 16 digits of its digest. */
public record KeyId(String value) {

    static final int DIGITS = 16;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    public KeyId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a key's id is 16 lower-case hexadecimal digits");
        }
    }

    /** The id that the text spells, or empty when it spells none. */
    public static Optional<KeyId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new KeyId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
