package dev.darkroom.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.text.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;

/**
 * Responses that a caller may keep. When it asks about one again, it gets a 304 if the body is still the same.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-if-none-match">RFC 9110, If-None-Match</a>
 */
public final class CachedResponse {

    /** In bytes of the digest. */
    private static final int LENGTH = 16;

    private static final String WEAK = "W/";

    private CachedResponse() {}

    /** A response that its caller has to ask about before it uses it again; {@code body} is JSON. */
    public static ObjectNode of(ApiGatewayRequest request, String body) {
        return of(request, body, "private, no-cache");
    }

    /** {@code caching} is the header Cache-Control. */
    static ObjectNode of(ApiGatewayRequest request, String body, String caching) {
        var tag = tag(body);
        var headers = Map.of("etag", tag, "cache-control", caching);
        return hasBody(request, tag) ? HttpResponses.notModified(headers) : HttpResponses.ok(body, headers);
    }

    private static boolean hasBody(ApiGatewayRequest request, String tag) {
        return request.headerValues("if-none-match").stream()
                .map(known -> known.startsWith(WEAK) ? known.substring(WEAK.length()) : known)
                .anyMatch(known -> known.equals("*") || known.equals(tag));
    }

    private static String tag(String body) {
        var digest = Sha256.digest().digest(body.getBytes(StandardCharsets.UTF_8));
        return '"' + HexFormat.of().formatHex(Arrays.copyOf(digest, LENGTH)) + '"';
    }
}
