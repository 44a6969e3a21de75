package dev.darkroom.core.account;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a caller sends as {@code Authorization: Bearer}: {@code drk_} and 256 random bits. It is never stored or
 * printed.
 */
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

    /** Parses a key; empty when the text is not a valid key. */
    public static Optional<ApiKey> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ApiKey(text)) : Optional.empty();
    }

    /** The digest, which is stored in place of the key. A random key needs no salt and no slow hash. */
    public ApiKeyDigest digest() {
        return ApiKeyDigest.of(value);
    }

    @Override
    public String toString() {
        return "ApiKey";
    }
}
