package dev.darkroom.core.generation;

/** The names of the states. */
public enum Status {
    QUEUED,
    SUBMITTING,
    UNCONFIRMED,
    PROCESSING,
    COMPLETED,
    FAILED,
    CANCELLED;

    /** Whether no other state follows. */
    public boolean isTerminal() {
        return switch (this) {
            case COMPLETED, FAILED, CANCELLED -> true;
            case QUEUED, SUBMITTING, UNCONFIRMED, PROCESSING -> false;
        };
    }
}
