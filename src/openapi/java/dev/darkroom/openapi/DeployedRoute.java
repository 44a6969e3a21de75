package dev.darkroom.openapi;

import dev.darkroom.local.declared.ServerlessFile;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A route that a function answers requests on.
 *
 * @param method in upper case
 * @param path with parameters such as {@code {id}} or, at its end, {@code {model+}}
 */
record DeployedRoute(String method, String path) {

    private static final String GREEDY = "{model+}";

    /**
     * Routes for all methods answer what no other route does, and only refuse. HEAD and OPTIONS are answered for each
     * path that is described.
     */
    private static final Set<String> NOT_DESCRIBED = Set.of("ANY", "HEAD", "OPTIONS");

    /** The routes that the document describes, by path. */
    static List<DeployedRoute> of(ServerlessFile declared) {
        return declared.functions().stream()
                .flatMap(function -> function.routes().stream())
                .filter(route -> !route.isDefault() && !NOT_DESCRIBED.contains(route.method()))
                .map(route -> new DeployedRoute(route.method(), "/" + route.path()))
                .sorted(Comparator.comparing(DeployedRoute::path).thenComparing(DeployedRoute::method))
                .toList();
    }

    /** As the descriptions name it. */
    String key() {
        return method + " " + path;
    }

    /** The member of a path item. */
    String member() {
        return method.toLowerCase(Locale.ROOT);
    }

    /** Whether it has a path for each model. */
    boolean isOfModels() {
        return path.endsWith(GREEDY);
    }

    /** The path as the document has it, where a parameter has no way to say that it may have slashes. */
    String describedPath() {
        return path.replace("+}", "}");
    }

    /** The path of a model. */
    String pathOf(String model) {
        return path.replace(GREEDY, model);
    }
}
