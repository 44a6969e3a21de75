package dev.darkroom.errors;

/** There is no generation with this id. A retry does not help. */
public final class GenerationNotFoundException extends WorkflowException {

    public GenerationNotFoundException() {
        super("there is no generation with this id");
    }
}
