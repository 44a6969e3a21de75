package dev.darkroom.local;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route of an API Gateway HTTP API.
 *
 * @param method {@code ANY} for every method
 * @param segments of the path; {@code {name}} takes one, {@code {name+}} at the end takes the rest; none for the
 *     default route
 * @param authorizer who is asked first; without one the route is open
 */
record Route(String method, List<String> segments, String function, Optional<String> authorizer) {

    /** The more specific a route, the earlier: without a greedy end first, then by fixed segments, then by method. */
    static final Comparator<Route> MOST_SPECIFIC_FIRST = Comparator.comparing(Route::isDefault)
            .thenComparing(Route::isGreedy)
            .thenComparing(Route::fixedSegments, Comparator.reverseOrder())
            .thenComparing(route -> "ANY".equals(route.method));

    /** {@code *} is any method, and as a path the default route. */
    static Route of(String method, String path, String function, Optional<String> authorizer) {
        return new Route(
                method.equals("*") ? "ANY" : method, path.equals("*") ? List.of() : split(path), function, authorizer);
    }

    /** The name that API Gateway gives it. */
    String key() {
        return isDefault() ? "$default" : method + " /" + path();
    }

    /** Without its first slash. */
    String path() {
        return String.join("/", segments);
    }

    /** The path parameters if the route takes the request. */
    Optional<Map<String, String>> match(String requestMethod, String path) {
        if (isDefault()) {
            return Optional.of(Map.of());
        }
        var given = split(path);
        boolean lengthFits = isGreedy() ? given.size() >= segments.size() : given.size() == segments.size();
        if (!lengthFits || !("ANY".equals(method) || method.equals(requestMethod))) {
            return Optional.empty();
        }
        var parameters = new HashMap<String, String>();
        for (int i = 0; i < segments.size(); i++) {
            var segment = segments.get(i);
            if (segment.endsWith("+}")) {
                parameters.put(name(segment, 2), String.join("/", given.subList(i, given.size())));
            } else if (segment.startsWith("{")) {
                parameters.put(name(segment, 1), given.get(i));
            } else if (!segment.equals(given.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(parameters);
    }

    private boolean isDefault() {
        return segments.isEmpty();
    }

    private boolean isGreedy() {
        return !segments.isEmpty() && segments.getLast().endsWith("+}");
    }

    private long fixedSegments() {
        return segments.stream().filter(segment -> !segment.startsWith("{")).count();
    }

    private static String name(String segment, int ending) {
        return segment.substring(1, segment.length() - ending);
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
