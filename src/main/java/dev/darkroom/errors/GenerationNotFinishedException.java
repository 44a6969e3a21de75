package dev.darkroom.errors;

/**
 * The generation is still running. A Step Functions {@code Retry} on exactly this name is the loop that waits for it,
 * so the name is part of the state machines' contract.
 */
public final class GenerationNotFinishedException extends WorkflowException {

    public GenerationNotFinishedException() {
        super("the generation is still running");
    }
}
