package dev.darkroom.core.image;

import dev.darkroom.core.text.Sha256;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** The SHA-256 of an image's bytes, in 64 lower-case hexadecimal digits. */
public record ContentHash(String hex) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    public ContentHash {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a content hash is 64 lower-case hexadecimal digits");
        }
    }

    public static ContentHash of(ImageBytes bytes) {
        var digest = Sha256.digest();
        bytes.update(digest);
        return new ContentHash(HexFormat.of().formatHex(digest.digest()));
    }

    /** Parses a hash; empty when the text is not a valid one. */
    public static Optional<ContentHash> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new ContentHash(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return hex;
    }
}
