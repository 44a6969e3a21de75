package dev.darkroom.core.generation;

import dev.darkroom.core.text.UnicodeText;
import java.util.Optional;

/** The provider's id of a submitted generation: opaque, 1 to 256 characters, none of them blank. */
public record PredictionId(String value) {

    private static final int MAX_LENGTH = 256;

    public PredictionId {
        if (!wellFormed(value)) {
            throw new IllegalArgumentException("a prediction id is 1 to 256 characters without blanks");
        }
    }

    /** Parses an id; empty when the text is not a valid id. */
    public static Optional<PredictionId> parse(String text) {
        return wellFormed(text) ? Optional.of(new PredictionId(text)) : Optional.empty();
    }

    private static boolean wellFormed(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_LENGTH
                && UnicodeText.isWellFormed(text)
                && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    @Override
    public String toString() {
        return value;
    }
}
