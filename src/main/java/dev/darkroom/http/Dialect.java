package dev.darkroom.http;

/** A wire format of callers, as far as the code that all dialects share needs it. */
public interface Dialect {

    /** The body of an error response, as JSON. */
    String body(ApiError error);
}
