package dev.darkroom.core.generation;

import dev.darkroom.core.text.UnicodeText;
import java.util.Optional;

/**
 * The token of a Step Functions task that waits for an answer: opaque, 1 to 2,048 characters. It allows its holder to
 * answer the task, so it is never printed.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html">SendTaskSuccess</a>
 */
public record TaskToken(String value) {

    private static final int MAX_LENGTH = 2048;

    public TaskToken {
        if (!wellFormed(value)) {
            throw new IllegalArgumentException("a task token is 1 to 2,048 characters");
        }
    }

    /** Parses a token; empty when the text is not a valid token. */
    public static Optional<TaskToken> parse(String text) {
        return wellFormed(text) ? Optional.of(new TaskToken(text)) : Optional.empty();
    }

    private static boolean wellFormed(String text) {
        return !text.isBlank() && text.length() <= MAX_LENGTH && UnicodeText.isWellFormed(text);
    }

    @Override
    public String toString() {
        return "TaskToken";
    }
}
