package dev.darkroom.core.account;

import dev.darkroom.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of an API key, in 64 lower-case hexadecimal digits: all of the key that is stored. */
public record ApiKeyDigest(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public ApiKeyDigest {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a key digest is 64 lower-case hexadecimal digits");
        }
    }

    static ApiKeyDigest of(String key) {
        return new ApiKeyDigest(HexFormat.of().formatHex(Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8))));
    }

    public ApiKeyId id() {
        return new ApiKeyId(value.substring(0, ApiKeyId.DIGITS));
    }

    /** Compares in constant time, so that the time does not show where two digests differ. */
    public boolean matches(ApiKeyDigest other) {
        return MessageDigest.isEqual(bytes(), other.bytes());
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.US_ASCII);
    }
}
