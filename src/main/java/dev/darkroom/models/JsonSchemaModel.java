package dev.darkroom.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import dev.darkroom.application.Model;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Suggestion;
import dev.darkroom.domain.Violation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A model whose input is described by a JSON Schema of one flat object. */
record JsonSchemaModel(ModelId id, String upstreamPath, Map<String, JsonNode> properties, Schema schema)
        implements Model {

    /** More would help nobody, and an answer has a size limit too. */
    private static final int MOST_VIOLATIONS = 20;

    static JsonSchemaModel of(ModelId id, String upstreamPath, Schema schema) {
        var properties = new LinkedHashMap<String, JsonNode>();
        schema.getSchemaNode().path("properties").properties().forEach(p -> properties.put(p.getKey(), p.getValue()));
        return new JsonSchemaModel(id, upstreamPath, properties, schema);
    }

    JsonSchemaModel at(String otherUpstreamPath) {
        return new JsonSchemaModel(id, otherUpstreamPath, properties, schema);
    }

    @Override
    public Validation validate(String body) {
        return switch (JsonBody.read(body)) {
            case JsonBody.Unreadable(var violation) -> new Validation.Invalid(List.of(violation));
            case JsonBody.Read(var object) -> validate(object);
        };
    }

    private Validation validate(ObjectNode object) {
        var violations = Stream.concat(
                        schema.validate(object).stream().map(this::violation),
                        properties.keySet().stream()
                                .filter(name -> !isUnicode(object.path(name).asText()))
                                .map(name ->
                                        new Violation(name, "has half of a surrogate pair, which is no character")))
                .limit(MOST_VIOLATIONS)
                .toList();
        return violations.isEmpty()
                ? new Validation.Valid(canonical(object).toString())
                : new Validation.Invalid(violations);
    }

    /** Defaults filled in, members in the schema's order, whole numbers written as whole numbers (4.0 is 4). */
    private ObjectNode canonical(ObjectNode object) {
        var canonical = object.objectNode();
        properties.forEach((name, property) -> {
            var value = object.has(name) ? object.get(name) : property.get("default");
            if (value != null
                    && value.isBigDecimal()
                    && "integer".equals(property.path("type").asText())) {
                canonical.put(name, value.decimalValue().longValueExact());
            } else if (value != null) {
                canonical.set(name, value);
            }
        });
        return canonical;
    }

    private Violation violation(Error error) {
        return switch (error.getKeyword()) {
            case "required" -> new Violation(error.getProperty(), "is required");
            case "additionalProperties" -> unknown(error.getProperty());
            default -> new Violation(error.getInstanceLocation().getName(-1), message(error));
        };
    }

    private static String message(Error error) {
        var limit = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "type" -> "must be " + (limit.asText().startsWith("i") ? "an " : "a ") + limit.asText();
            case "enum" ->
                StreamSupport.stream(limit.spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ", "must be one of ", ""));
            case "minimum" -> "must be at least " + limit.asText();
            case "maximum" -> "must be at most " + limit.asText();
            default -> error.getMessage();
        };
    }

    private Violation unknown(String name) {
        var hint = Suggestion.nearest(name, properties.keySet())
                .map("did you mean %s?"::formatted)
                .orElseGet(() -> "it takes " + String.join(", ", properties.keySet()));
        return new Violation(shortened(name), "is not a parameter of %s; %s".formatted(id, hint));
    }

    /** Names are the caller's text: they come back in the error, but not at any length. */
    private static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
