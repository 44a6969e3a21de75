package dev.darkroom.domain;

import java.util.Optional;

/** The provider's id of the task that a generation was submitted as: opaque, 1 to 256 characters, none of them blank. */
public record PredictionId(String value) {

    private static final int LONGEST = 256;

    public PredictionId {
        if (!wellFormed(value)) {
            throw new IllegalArgumentException("a prediction id is 1 to 256 characters without blanks");
        }
    }

    /** The id that the text spells, or empty when it spells none. */
    public static Optional<PredictionId> parse(String text) {
        return wellFormed(text) ? Optional.of(new PredictionId(text)) : Optional.empty();
    }

    private static boolean wellFormed(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST
                && Characters.areWhole(text)
                && text.chars().noneMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c));
    }

    @Override
    public String toString() {
        return value;
    }
}
