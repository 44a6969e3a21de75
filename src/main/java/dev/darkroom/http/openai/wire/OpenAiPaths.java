package dev.darkroom.http.openai.wire;

import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.http.ApiGatewayRequest;
import java.util.Set;

/** The paths of OpenAI's API, as the answers name them. */
public final class OpenAiPaths {

    /** With which all paths begin. */
    public static final String ROOT = "/v1/";

    /** Of the dialect beside this one; a stage in front of its paths may have any name. */
    private static final String OTHER_ROOT = "/api/v3/";

    /** Paths of clients whose base URL lacks the root. */
    private static final Set<String> WITHOUT_ROOT = Set.of("/images/generations", "/models");

    private static final String DEFAULT_ROUTE = "$default";
    private static final String BY_HASH = ROOT + "images/by-hash/";

    private OpenAiPaths() {}

    /**
     * Whether the request is for this dialect, by its route or, on the route for all others, by its path. It accepts
     * any event, because only a dialect can answer that one is not an event of API Gateway.
     */
    public static boolean isOf(ApiGatewayRequest request) {
        var route = request.event().path("routeKey").asText("");
        if (!route.equals(DEFAULT_ROUTE)) {
            return route.contains(" " + ROOT) && !route.contains(BY_HASH);
        }
        var path = ApiGatewayRequest.withSingleSlashes(
                request.event().path("rawPath").asText(""));
        return (path.contains(ROOT) && !path.contains(OTHER_ROOT)) || WITHOUT_ROOT.contains(path);
    }

    /** Where a caller reads a generation. */
    public static String task(GenerationId id) {
        return ROOT + "images/tasks/" + id;
    }
}
