package dev.darkroom.application;

/** The workflow service did not answer, or refused for a reason that passes: worth trying again. */
public final class WorkflowUnavailableException extends RuntimeException {

    public WorkflowUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
