package dev.darkroom.lambda;

/** There is no generation with this id. Asking again does not help. */
public final class GenerationNotFoundException extends PlannedException {

    public GenerationNotFoundException() {
        super("id is not the id of a generation");
    }
}
