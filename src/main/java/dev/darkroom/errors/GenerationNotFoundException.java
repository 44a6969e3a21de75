package dev.darkroom.errors;

/** There is no generation with this id. A retry does not help. */
public final class GenerationNotFoundException extends WorkflowException {

    public GenerationNotFoundException() {
        super("id is not the id of a generation");
    }
}
