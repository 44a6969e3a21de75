package dev.darkroom.lambda;

/**
 * The generation is still running. A Step Functions {@code Retry} on this very name is the loop that waits for it, so
 * the name is part of the state machines' contract.
 */
public final class GenerationNotFinishedException extends PlannedException {

    public GenerationNotFinishedException() {
        super("the generation is still running");
    }
}
