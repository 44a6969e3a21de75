package dev.darkroom.jsonschema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Suggestion;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.ModelId;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.net.URI;
import java.util.Collection;
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
        ModelId model, JsonNode definition, Map<String, ScalarType> properties, Validator validator, URI address) {

    /** A definition that is not a JSON Schema is a {@link dev.harrel.jsonschema.JsonSchemaException}. */
    static InputSchema of(ModelId model, JsonNode definition) {
        var validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .withMessageProvider((keyword, _) -> "does not fit the model's schema (%s)".formatted(keyword))
                .createValidator();
        var properties = new LinkedHashMap<String, ScalarType>();
        definition
                .path("properties")
                .properties()
                .forEach(property -> properties.put(property.getKey(), ScalarType.of(property.getValue())));
        return new InputSchema(model, definition, properties, validator, validator.registerSchema(definition));
    }

    JsonNode property(String name) {
        return definition.path("properties").path(name);
    }

    /**
     * What is wrong with an input, nothing when it fits. The validator gets only scalars of the right type: anything
     * else may cost it more time than its size suggests.
     */
    Stream<Violation> violations(ObjectNode input) {
        var fitting = input.objectNode();
        var misfits = new LinkedHashMap<String, String>();
        properties.forEach((name, type) -> {
            if (input.has(name)) {
                type.problem(input.path(name))
                        .ifPresentOrElse(
                                problem -> misfits.put(name, problem), () -> fitting.set(name, input.get(name)));
            }
        });
        return Stream.concat(
                misfits.entrySet().stream().map(misfit -> new Violation(misfit.getKey(), misfit.getValue())),
                validator.validate(address, fitting).getErrors().stream().flatMap(error -> violations(error, input)));
    }

    private Stream<Violation> violations(Error error, ObjectNode input) {
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

    /** The violation that the model has no parameter of this name. */
    Violation unknown(String name) {
        Collection<String> known = properties.keySet();
        var hint = Suggestion.nearest(name, known)
                .map("did you mean %s?"::formatted)
                .orElseGet(() -> "it takes " + String.join(", ", known));
        return new Violation(shortened(name), "is not a parameter of %s; %s".formatted(model, hint));
    }

    private static String field(Error error) {
        var pointer = JsonPointer.compile(error.getInstanceLocation());
        return pointer.matches() ? "body" : pointer.getMatchingProperty();
    }

    /** A name is the caller's text, so the error repeats only its first 64 characters. */
    static String shortened(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "…";
    }
}
