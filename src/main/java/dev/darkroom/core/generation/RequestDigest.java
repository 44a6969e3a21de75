package dev.darkroom.core.generation;

import dev.darkroom.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A digest of what a caller sent: the path of the model, and the body as a text. It stays the same when another model
 * draws a later request for the path. {@code value} has 32 hexadecimal digits.
 */
public record RequestDigest(String value) {

    private static final int BYTES = 16;

    /** {@code model} and {@code body} are as they were received. */
    public static RequestDigest of(String model, String body) {
        var digest = Sha256.digest();
        digest.update(model.getBytes(StandardCharsets.UTF_8));
        // No path of a model has a line break, so ("a", "b") and ("ab", "") differ.
        digest.update((byte) '\n');
        digest.update(body.getBytes(StandardCharsets.UTF_8));
        return new RequestDigest(HexFormat.of().formatHex(digest.digest(), 0, BYTES));
    }
}
