package dev.darkroom.models;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Suggestion;
import dev.darkroom.domain.Violation;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The JSON Schema (2020-12) of a model's input, one flat object.
 *
 * @param model whose input it is
 * @param definition the schema itself
 * @param properties by name, in the schema's order
 * @param address under which the validator knows the schema
 */
record InputSchema(
        ModelId model, JsonNode definition, Map<String, JsonNode> properties, Validator validator, URI address) {

    private static final String UNKNOWN = "/additionalProperties";

    /** A definition that is no JSON Schema is a {@link dev.harrel.jsonschema.JsonSchemaException}. */
    static InputSchema of(ModelId model, JsonNode definition) {
        var validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .withMessageProvider((keyword, _) -> "does not fit the model's schema (%s)".formatted(keyword))
                .createValidator();
        var properties = new LinkedHashMap<String, JsonNode>();
        definition.path("properties").properties().forEach(p -> properties.put(p.getKey(), p.getValue()));
        return new InputSchema(model, definition, properties, validator, validator.registerSchema(definition));
    }

    /** What is wrong with an input, nothing when it fits. */
    Stream<Violation> violations(ObjectNode input) {
        return validator.validate(address, input).getErrors().stream().flatMap(error -> violations(error, input));
    }

    private Stream<Violation> violations(Error error, ObjectNode input) {
        if (error.getEvaluationPath().equals(UNKNOWN)) {
            return Stream.of(unknown(field(error)));
        }
        if ("required".equals(error.getKeyword())) {
            return definition
                    .path("required")
                    .valueStream()
                    .map(JsonNode::textValue)
                    .filter(name -> !input.has(name))
                    .map(name -> new Violation(name, "is required"));
        }
        return Stream.of(new Violation(field(error), message(error)));
    }

    private String message(Error error) {
        var rule = JsonPointer.compile(error.getEvaluationPath());
        var limit = definition.at(rule);
        return switch (Objects.requireNonNull(error.getKeyword(), "only unknown members have none")) {
            case "type" -> "must be " + (limit.asText().startsWith("i") ? "an " : "a ") + limit.asText();
            case "enum" ->
                limit.valueStream().map(JsonNode::asText).collect(Collectors.joining(", ", "must be one of ", ""));
            case "minimum" -> "must be at least " + limit.asText();
            case "maximum" -> "must be at most " + limit.asText();
            default ->
                definition
                        .at(rule.head())
                        .path("errorMessage")
                        .path(error.getKeyword())
                        .asText(error.getError());
        };
    }

    private Violation unknown(String name) {
        var hint = Suggestion.nearest(name, properties.keySet())
                .map("did you mean %s?"::formatted)
                .orElseGet(() -> "it takes " + String.join(", ", properties.keySet()));
        return new Violation(shortened(name), "is not a parameter of %s; %s".formatted(model, hint));
    }

    private static String field(Error error) {
        var pointer = JsonPointer.compile(error.getInstanceLocation());
        return pointer.matches() ? "body" : pointer.getMatchingProperty();
    }

    /** Names are the caller's text: they come back in the error, but not at any length. */
    static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
