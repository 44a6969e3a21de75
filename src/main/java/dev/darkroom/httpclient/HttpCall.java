package dev.darkroom.httpclient;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request.
 *
 * @param method for example {@code GET}
 * @param target what follows the server's base URL: path and query, percent-encoded, with a slash at its beginning
 * @param headers by name; {@code Host}, {@code Connection} and {@code Content-Length} are added
 * @param body sent as UTF-8, null for none
 * @param newConnection whether it gets a connection of its own, which is closed afterwards: a kept one may have died unnoticed
 * @param largestBody in bytes, of the answer
 */
public record HttpCall(
        String method,
        String target,
        Map<String, String> headers,
        @Nullable String body,
        boolean newConnection,
        int largestBody) {

    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** The same on a connection of its own. */
    public HttpCall onNewConnection() {
        return new HttpCall(method, target, headers, body, true, largestBody);
    }

    /** Without headers and body, which hold secrets. */
    @Override
    public String toString() {
        return method + " " + target.replaceFirst("\\?.*", "");
    }
}
