package dev.darkroom.explorer;

import dev.darkroom.core.generation.GenerationId;

/** What a request of a client's call is answered. */
sealed interface CallAnswer {

    /**
     * The result.
     *
     * @param noted whether that could be stored
     */
    record Ended(GenerationId generation, boolean noted) implements CallAnswer {}

    /** The generation still runs. */
    record AskAgain() implements CallAnswer {}

    /** An error with the id, because "ask again" could not be stored. The client sends no further request. */
    record Refused(GenerationId generation) implements CallAnswer {}
}
