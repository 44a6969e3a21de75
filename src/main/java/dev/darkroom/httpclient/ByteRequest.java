package dev.darkroom.httpclient;

import java.net.URI;
import java.util.Map;

/**
 * A request whose body is bytes.
 *
 * @param address sent as it is, without normalising its path or its query
 * @param headers without those of the connection and the body's length, which are added
 * @param body empty for a GET and a DELETE
 */
@SuppressWarnings("ArrayRecordComponent") // it is sent once and never compared
public record ByteRequest(Method method, URI address, Map<String, String> headers, byte[] body) {

    public enum Method {
        GET,
        POST,
        PUT,
        DELETE
    }

    public ByteRequest {
        headers = Map.copyOf(headers);
    }

    /** A GET with these headers. */
    public static ByteRequest get(URI address, Map<String, String> headers) {
        return new ByteRequest(Method.GET, address, headers, new byte[0]);
    }
}
