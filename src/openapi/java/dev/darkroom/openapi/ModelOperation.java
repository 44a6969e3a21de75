package dev.darkroom.openapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.jsonschema.ModelDescription;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The operation that submits a request to one model. */
record ModelOperation(ModelDescription model) {

    /** The operation of the route of models, with what is particular to this model. */
    ObjectNode of(ObjectNode template) {
        var operation = template.deepCopy();
        operation.put("operationId", template.path("operationId").asText() + name());
        operation.put("summary", model.name());
        operation.put("description", "%s\n\n%s".formatted(description(), template.path("description").asText()));
        if (model.retiredOn().isPresent()) {
            operation.put("deprecated", true);
        }
        var body = operation.putObject("requestBody").put("required", true);
        body.putObject("content")
                .putObject("application/json")
                .putObject("schema")
                .put("$ref", "#/components/schemas/" + schemaName());
        return operation;
    }

    String id() {
        return model.id().value();
    }

    private String description() {
        return model.retiredOn()
                .flatMap(day -> model.successor()
                        .map(other -> "%s From %s (UTC) on, `%s` draws.".formatted(model.description(), day, other)))
                .orElse(model.description());
    }

    String schemaName() {
        return name() + "Input";
    }

    /** The schema of the input, without what only the gateway reads. */
    ObjectNode schema() {
        var schema = ((ObjectNode) model.input()).deepCopy();
        schema.remove("$schema");
        schema.withObject("/properties")
                .valueStream()
                .forEach(property -> ((ObjectNode) property).remove("errorMessage"));
        return schema;
    }

    /** {@code acme/paint-2} is {@code AcmePaint2}. */
    private String name() {
        return Arrays.stream(id().split("[^A-Za-z0-9]+"))
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.joining());
    }
}
