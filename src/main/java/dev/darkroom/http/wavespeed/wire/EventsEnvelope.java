package dev.darkroom.http.wavespeed.wire;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** The body of a response with events. Its type is fixed, so that its writer is made at build time. */
@RegisterForReflection
public record EventsEnvelope(int code, String message, EventsView data) {

    public static EventsEnvelope of(EventsView data) {
        return new EventsEnvelope(200, "success", data);
    }
}
