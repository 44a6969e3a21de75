package dev.darkroom.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The SHA-256 of an API key, in 64 lower-case hexadecimal digits: all that is stored of it. */
public record KeyDigest(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public KeyDigest {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a key digest is 64 lower-case hexadecimal digits");
        }
    }

    static KeyDigest of(String key) {
        return new KeyDigest(HexFormat.of().formatHex(Sha256.digest().digest(key.getBytes(StandardCharsets.UTF_8))));
    }

    public KeyId id() {
        return new KeyId(value.substring(0, KeyId.DIGITS));
    }

    /** Whether both are the same; it takes the same time wherever they differ. */
    public boolean matches(KeyDigest other) {
        return MessageDigest.isEqual(bytes(), other.bytes());
    }

    private byte[] bytes() {
        return value.getBytes(StandardCharsets.US_ASCII);
    }
}
