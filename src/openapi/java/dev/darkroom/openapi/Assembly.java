package dev.darkroom.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.ErrorCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The document while it is put together. */
final class Assembly {

    /** The member of a route's description that lists its error codes. */
    private static final String ERRORS = "errors";

    /** The member of a route's description that names another schema for its errors. */
    private static final String ERROR_BODY = "errorBody";

    /** The member of an operation that needs no API key: an empty list, as OpenAPI has it. */
    private static final String SECURITY = "security";

    /** The errors of every route that needs an API key. */
    private static final Set<ErrorCode> OF_KEYS = EnumSet.of(
            ErrorCode.UNAUTHORIZED,
            ErrorCode.KEY_DISABLED,
            ErrorCode.KEY_EXPIRED,
            ErrorCode.ROLE_NOT_ALLOWED,
            ErrorCode.STORE_UNAVAILABLE);

    private final ObjectNode root;
    private final ErrorResponses errors;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> operations = new HashSet<>();

    /** {@code written} is the document without its paths. */
    Assembly(ObjectNode written, ErrorResponses errors, String version) {
        this.root = written.deepCopy();
        this.errors = errors;
        root.withObject("/info").put("version", version);
        root.putObject("paths");
    }

    ObjectNode root() {
        return root;
    }

    /** Adds the path of a route. */
    void add(DeployedRoute route, ObjectNode described) {
        put(route.describedPath(), route, operation(route, described));
    }

    /** Adds the path of a model, and the schema of its input. */
    void add(DeployedRoute route, ObjectNode described, ModelOperation model) {
        put(route.pathOf(model.id()), route, model.of(operation(route, described)));
        root.withObject("/components/schemas").set(model.schemaName(), model.schema());
    }

    private void put(String path, DeployedRoute route, ObjectNode operation) {
        var id = operation.path("operationId").asText();
        if (!operations.add(id)) {
            problems.add("%s: another operation has the id %s".formatted(path, id));
        }
        root.withObject("/paths").withObjectProperty(path).set(route.member(), operation);
    }

    /** The description, with the responses for its errors. */
    private ObjectNode operation(DeployedRoute route, ObjectNode described) {
        var operation = described.deepCopy();
        var codes = codes(route, operation);
        var body = operation.path(ERROR_BODY).asText("Error");
        operation.remove(List.of(ERRORS, ERROR_BODY));
        errors.add(operation.withObject("/responses"), route, codes, body);
        return operation;
    }

    /** With those of the check of the API key, unless the route needs none. */
    private Set<ErrorCode> codes(DeployedRoute route, ObjectNode operation) {
        var codes = operation.has(SECURITY) ? EnumSet.noneOf(ErrorCode.class) : EnumSet.copyOf(OF_KEYS);
        operation
                .path(ERRORS)
                .forEach(name -> ErrorResponses.code(name.asText())
                        .ifPresentOrElse(
                                codes::add,
                                () -> problems.add("routes: %s has the error %s, which does not exist"
                                        .formatted(route.key(), name.asText()))));
        return codes;
    }

    /** Adds the responses for errors, and returns all problems of the document. */
    List<String> finish() {
        var responses = root.withObject("/components/responses");
        errors.components().forEach(responses::set);
        problems.addAll(new References(root).problems());
        return problems;
    }
}
