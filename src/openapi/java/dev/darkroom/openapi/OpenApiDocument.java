package dev.darkroom.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The OpenAPI document: a path for each deployed route, and for each model in the place of the route of models. */
public record OpenApiDocument(ObjectNode root) {

    /**
     * Throws an {@link IllegalStateException} that names every problem: a route without a description, a description
     * without a route, an error code or a reference that leads nowhere, a component that nothing uses.
     */
    static OpenApiDocument of(
            Descriptions written, List<DeployedRoute> routes, List<ModelOperation> models, String version) {
        check(problems(written, routes));
        var assembly = new Assembly(written.document(), new ErrorResponses(written.errors()), version);
        routes.forEach(route -> {
            var described =
                    Optional.ofNullable(written.routes().get(route.key())).orElseThrow();
            if (route.isOfModels()) {
                models.forEach(model -> assembly.add(route, described, model));
            } else {
                assembly.add(route, described);
            }
        });
        check(assembly.finish());
        return new OpenApiDocument(assembly.root());
    }

    private static void check(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new IllegalStateException(
                    "The OpenAPI document is wrong (src/openapi): " + String.join("; ", problems));
        }
    }

    private static List<String> problems(Descriptions written, List<DeployedRoute> routes) {
        var deployed = routes.stream().map(DeployedRoute::key).toList();
        var problems = new ArrayList<>(ErrorResponses.problems(written.errors().keySet()));
        deployed.stream()
                .filter(key -> !written.routes().containsKey(key))
                .map("routes: %s is deployed and not described"::formatted)
                .forEach(problems::add);
        written.routes().keySet().stream()
                .filter(key -> !deployed.contains(key))
                .map("routes: %s is described and not deployed"::formatted)
                .forEach(problems::add);
        return problems;
    }

    /** As it is served: without blanks between its parts. */
    public String json() {
        return root.toString();
    }
}
