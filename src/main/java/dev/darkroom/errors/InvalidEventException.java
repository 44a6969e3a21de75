package dev.darkroom.errors;

import java.nio.charset.StandardCharsets;

/** The event that started the function is not valid. A retry does not help. */
public final class InvalidEventException extends WorkflowException {

    /** {@code message} names the field. */
    public InvalidEventException(String message) {
        super(wellFormed(message));
    }

    /** A field's name may have half of a surrogate pair, which clients refuse; this puts a question mark there. */
    private static String wellFormed(String message) {
        return new String(message.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }
}
