package dev.darkroom.domain;

/** The names of the states. */
public enum Status {
    QUEUED,
    SUBMITTING,
    UNCONFIRMED,
    PROCESSING,
    COMPLETED,
    FAILED;

    /** Whether nothing follows any more. */
    public boolean isTerminal() {
        return switch (this) {
            case COMPLETED, FAILED -> true;
            case QUEUED, SUBMITTING, UNCONFIRMED, PROCESSING -> false;
        };
    }
}
