package dev.darkroom.local.declared;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A route of an API Gateway HTTP API.
 *
 * @param method {@code ANY} for every method
 * @param segments the parts of the path; {@code {name}} matches one part, {@code {name+}} at the end matches the rest;
 *     empty for the default route
 */
public record Route(String method, List<String> segments, String function) {

    /** The most specific route first: without a greedy end, then with more fixed segments, then with a method. */
    public static final Comparator<Route> MOST_SPECIFIC_FIRST = Comparator.comparing(Route::isDefault)
            .thenComparing(Route::isGreedy)
            .thenComparing(Route::fixedSegments, Comparator.reverseOrder())
            .thenComparing(route -> "ANY".equals(route.method));

    /** {@code *} means any method, and as a path the default route. */
    public static Route of(String method, String path, String function) {
        return new Route(method.equals("*") ? "ANY" : method, path.equals("*") ? List.of() : split(path), function);
    }

    /** The name that API Gateway gives it. */
    public String key() {
        return isDefault() ? "$default" : method + " /" + path();
    }

    /** The path without its first slash. */
    public String path() {
        return String.join("/", segments);
    }

    /** The path parameters when the route matches the request; empty when it does not. */
    public Optional<Map<String, String>> match(String requestMethod, String path) {
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

    public boolean isDefault() {
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
