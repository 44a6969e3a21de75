package dev.darkroom.lambda;

import dev.darkroom.domain.Characters;

/** The event that started the function makes no sense. Sending it again does not help. */
public final class InvalidEventException extends PlannedException {

    /** {@code message} names the field. */
    public InvalidEventException(String message) {
        super(Characters.whole(message));
    }
}
