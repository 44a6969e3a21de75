package dev.darkroom.errors;

/**
 * The generation was cancelled while it waited in the queue. No function throws it: a task that waits for the
 * generation fails with its name, which is part of the state machines' contract.
 */
public final class GenerationCancelledException extends WorkflowException {

    private static final long serialVersionUID = 1;

    public GenerationCancelledException() {
        super("the generation was cancelled before it was submitted; nothing was billed");
    }
}
