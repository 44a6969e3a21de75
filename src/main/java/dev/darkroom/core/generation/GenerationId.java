package dev.darkroom.core.generation;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The gateway's id of a generation: 32 lower-case hexadecimal digits. It has the form of the provider's ids, because
 * clients may check the form.
 */
public record GenerationId(String value) {

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{32}");
    private static final int BYTES = 16;

    public GenerationId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a generation id is 32 lower-case hexadecimal digits");
        }
    }

    /** Parses an id; empty when the text is not a valid id. */
    public static Optional<GenerationId> parse(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new GenerationId(text)) : Optional.empty();
    }

    /**
     * The id of an owner's request under an idempotency key: always the same, so that the conditional put of the row is
     * the idempotency check and needs no second item.
     */
    public static GenerationId derived(Owner owner, IdempotencyKey key) {
        var digest = Sha256.digest();
        var scope = owner.value().getBytes(StandardCharsets.UTF_8);
        // The length goes first, so that ("ab", "c") and ("a", "bc") differ.
        digest.update(Integer.toString(scope.length).getBytes(StandardCharsets.UTF_8));
        digest.update((byte) ':');
        digest.update(scope);
        digest.update(key.value().getBytes(StandardCharsets.UTF_8));
        return new GenerationId(HexFormat.of().formatHex(digest.digest(), 0, BYTES));
    }

    /** The id of a copy of this generation, always the same; {@code number} is 1 for the first copy. */
    public GenerationId copy(int number) {
        var digest = Sha256.digest();
        digest.update("copy %d of %s".formatted(number, value).getBytes(StandardCharsets.UTF_8));
        return new GenerationId(HexFormat.of().formatHex(digest.digest(), 0, BYTES));
    }

    @Override
    public String toString() {
        return value;
    }
}
