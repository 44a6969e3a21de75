package dev.darkroom.jsonschema.input;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.List;
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
public record InputSchema(ModelId model, JsonNode definition, Map<String, ScalarType> properties, URI address) {

    /** One for all models, because each validator keeps the meta-schemas in memory. */
    private static final Validator VALIDATOR = new ValidatorFactory()
            .withJsonNodeFactory(new JacksonNode.Factory())
            .withMessageProvider((keyword, _) -> "does not fit the model's schema (%s)".formatted(keyword))
            .createValidator();

    /** A definition that is not a JSON Schema is a {@link dev.harrel.jsonschema.JsonSchemaException}. */
    public static InputSchema of(ModelId model, JsonNode definition) {
        var properties = new LinkedHashMap<String, ScalarType>();
        definition
                .path("properties")
                .properties()
                .forEach(property -> properties.put(property.getKey(), ScalarType.of(property.getValue())));
        return new InputSchema(model, definition, properties, VALIDATOR.registerSchema(definition));
    }

    /** The schema of a parameter; a missing node when there is no such parameter. */
    public JsonNode property(String name) {
        return definition.path("properties").path(name);
    }

    public boolean isRequired(String name) {
        return definition
                .path("required")
                .valueStream()
                .anyMatch(required -> required.asText().equals(name));
    }

    /** Whether the parameter exists and takes the value. */
    public boolean accepts(String name, JsonNode value) {
        var input = JsonNodeFactory.instance.objectNode();
        input.set(name, value);
        return properties.containsKey(name)
                && violations(input).noneMatch(violation -> violation.field().equals(name));
    }

    /** Whether {@code other} has the parameter and takes every value of it that this schema takes. */
    public boolean isTakenBy(InputSchema other, String name) {
        var values = property(name).path("enum");
        return rule(name).equals(other.rule(name))
                || (!values.isEmpty() && values.valueStream().allMatch(value -> other.accepts(name, value)));
    }

    /** Whether each valid input has a value of the parameter, its own or the default. */
    public boolean isAlwaysThere(String name) {
        return isRequired(name) || property(name).has("default");
    }

    /** The parameters that only one of the schemas has, or that do not mean the same in both. */
    public List<String> differences(InputSchema other) {
        return Stream.concat(properties.keySet().stream(), other.properties.keySet().stream())
                .distinct()
                .filter(name -> !rule(name).equals(other.rule(name)) || isRequired(name) != other.isRequired(name))
                .toList();
    }

    /** What a parameter takes, without the texts for people. */
    private JsonNode rule(String name) {
        return property(name) instanceof ObjectNode property
                ? property.deepCopy().without(List.of("description", "errorMessage"))
                : property(name);
    }

    /**
     * What is wrong with an input, nothing when it fits. The validator gets only scalars of the right type: anything
     * else may cost it more time than its size suggests.
     */
    public Stream<Violation> violations(ObjectNode input) {
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
                VALIDATOR.validate(address, fitting).getErrors().stream().flatMap(error -> violations(error, input)));
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
    public Violation unknown(String name) {
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
