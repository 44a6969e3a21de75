package dev.darkroom.events;

import io.smallrye.config.ConfigMapping;
import java.net.URI;
import java.util.Optional;

/** Settings of the events about generations that have ended. */
@ConfigMapping(prefix = "darkroom.events")
public interface EventsConfig {

    /** The name of the bus, in the function's account and region; without one no events are sent. */
    Optional<String> bus();

    /** The address of EventBridge, in place of that of the region. */
    Optional<URI> endpoint();
}
