package dev.darkroom.core.followup;

import dev.darkroom.core.generation.Generation;

/** Sends an event about the end of a generation to the event bus. */
public final class SendEventStep {

    private final EventBus bus;
    private final EventDetails details;

    public SendEventStep(EventBus bus, EventDetails details) {
        this.bus = bus;
        this.details = details;
    }

    /**
     * Sends the event. An attempt may be repeated after its success, so a receiver may get the event twice.
     *
     * @throws EventNotSentException when the event has to be sent again
     */
    public FollowUpResult attempt(Generation ended) {
        bus.send(details.of(ended));
        return new FollowUpResult.Done();
    }
}
