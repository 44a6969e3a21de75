package dev.darkroom.core.account;

import java.util.Optional;
import java.util.regex.Pattern;

/** The name by which people refer to an API key: the first 16 digits of its digest. */
public record ApiKeyId(String value) {

    static final int DIGITS = 16;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{16}");

    public ApiKeyId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a key's id is 16 lower-case hexadecimal digits");
        }
    }

    /** Parses an id; empty when the text is not a valid id. */
    public static Optional<ApiKeyId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ApiKeyId(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
