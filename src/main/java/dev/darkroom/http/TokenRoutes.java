package dev.darkroom.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The routes for callers with a token of an identity provider: those for callers with an API key once more, under a
 * prefix. API Gateway lets only requests with a valid token reach them.
 */
final class TokenRoutes {

    static final String PREFIX = "/jwt";

    private static final String START = PREFIX + "/";

    private TokenRoutes() {}

    /** Whether the event has such a route; it accepts any event. */
    static boolean isOf(JsonNode event) {
        return event.path("routeKey").asText("").contains(" " + START);
    }

    /** The event with the route and the path that a caller with an API key would have. */
    static JsonNode withoutPrefix(JsonNode event) {
        if (!isOf(event) || !(event instanceof ObjectNode request)) {
            return event;
        }
        var same = request.objectNode();
        same.setAll(request);
        same.put("routeKey", withoutPrefix(request.path("routeKey").asText()));
        same.put("rawPath", withoutPrefix(request.path("rawPath").asText("")));
        return same;
    }

    /** Before the prefix, a path may have the base path of a domain. */
    private static String withoutPrefix(String path) {
        int start = path.indexOf(START);
        return start < 0 ? path : path.substring(0, start) + path.substring(start + PREFIX.length());
    }
}
