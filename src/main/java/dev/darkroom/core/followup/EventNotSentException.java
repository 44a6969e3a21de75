package dev.darkroom.core.followup;

/** The event bus did not take an event. A retry may help, and will not if the bus is missing or access is denied. */
public final class EventNotSentException extends RuntimeException {

    private static final long serialVersionUID = 1;

    /** {@code message} is a sentence that stands by itself; it has no part of the event. */
    public EventNotSentException(String message) {
        super(message);
    }
}
