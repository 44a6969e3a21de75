package dev.darkroom.core.followup;

/** The event bus of the deployment. */
@FunctionalInterface
public interface EventBus {

    /** The bus of a deployment without one. It takes each event and passes it to nobody. */
    EventBus NONE = _ -> {};

    /**
     * Sends an event about a generation that has ended. The bus has it once this returns.
     *
     * @param detail JSON, less than 240,000 bytes
     * @throws EventNotSentException when the bus does not have the event, or may not have it; it may be sent again
     */
    void send(String detail);
}
