package dev.darkroom.core.followup;

/** The workflow service did not answer, or refused for a temporary reason: a retry may help. */
public final class WorkflowUnavailableException extends RuntimeException {

    public WorkflowUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
