package dev.darkroom.domain;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a caller sends as {@code Authorization: Bearer}: {@code drk_} and 256 random bits. It is never stored or printed. */
public record ApiKey(String value) {

    /** How many random bytes a key is made of. */
    public static final int BYTES = 32;

    private static final String PREFIX = "drk_";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{43}");

    public ApiKey {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an API key is drk_ and 43 characters of base64url");
        }
    }

    /** The key made of {@link #BYTES} random bytes. */
    public static ApiKey of(byte[] random) {
        return new ApiKey(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random));
    }

    /** The key that the text spells, or empty when it spells none. */
    public static Optional<ApiKey> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ApiKey(text)) : Optional.empty();
    }

    /** What is stored in its place. A random key needs no salt and no slow hash. */
    public KeyDigest digest() {
        return KeyDigest.of(value);
    }

    @Override
    public String toString() {
        return "ApiKey";
    }
}
