package dev.darkroom.http;

import java.util.Map;

/** A wire format of callers, as far as the code that all dialects share needs it. */
public interface Dialect {

    /** The body of an error response, as JSON. */
    String body(ApiError error);

    /** The headers of an error response besides those of every response, by lower-case name. */
    default Map<String, String> headers(ApiError error) {
        return error.headers();
    }
}
