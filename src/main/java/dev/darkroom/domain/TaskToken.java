package dev.darkroom.domain;

import java.util.Optional;

/**
 * What Step Functions gives a task that waits to be answered: opaque, 1 to 2,048 characters. Whoever holds it can answer,
 * so it is never printed.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html">SendTaskSuccess</a>
 */
public record TaskToken(String value) {

    private static final int LONGEST = 2048;

    public TaskToken {
        if (!wellFormed(value)) {
            throw new IllegalArgumentException("a task token is 1 to 2,048 characters");
        }
    }

    /** The token that the text spells, or empty when it spells none. */
    public static Optional<TaskToken> parse(String text) {
        return wellFormed(text) ? Optional.of(new TaskToken(text)) : Optional.empty();
    }

    private static boolean wellFormed(String text) {
        return !text.isBlank() && text.length() <= LONGEST && Characters.areWhole(text);
    }

    @Override
    public String toString() {
        return "TaskToken";
    }
}
