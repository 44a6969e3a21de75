package dev.darkroom.local.events;

import com.fasterxml.jackson.databind.JsonNode;

/** An event that came to a bus. */
public record ReceivedEvent(String bus, String source, String type, JsonNode detail) {}
