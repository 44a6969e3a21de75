package dev.darkroom.domain;

/** The names of the states. */
public enum Status {
    ACCEPTED,
    SUBMITTING,
    UNCONFIRMED,
    PROCESSING,
    COMPLETED,
    FAILED;

    /** Whether nothing follows any more. */
    public boolean isTerminal() {
        return switch (this) {
            case COMPLETED, FAILED -> true;
            case ACCEPTED, SUBMITTING, UNCONFIRMED, PROCESSING -> false;
        };
    }
}
