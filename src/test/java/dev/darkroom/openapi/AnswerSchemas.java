package dev.darkroom.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The schemas of a document, made stricter: a value must not have a member that its schema does not name. Clients get
 * the looser ones, because a later version may add members.
 */
final class AnswerSchemas {

    private static final String REFERENCE = "#/components/schemas/";
    private static final URI ADDRESS = URI.create("https://answers.invalid/schemas");

    /** The end of the name of a schema that is not stricter, as a part of {@code allOf} must not be. */
    private static final String LOOSE = "-loose";

    private final Validator validator = new ValidatorFactory()
            .withJsonNodeFactory(new JacksonNode.Factory())
            .createValidator();

    private final Map<JsonNode, URI> registered = new ConcurrentHashMap<>();

    AnswerSchemas(JsonNode document) {
        var all = JsonNodeFactory.instance.objectNode();
        var schemas = all.putObject("$defs");
        document.at("/components/schemas").properties().forEach(schema -> {
            schemas.set(schema.getKey(), strict(schema.getValue()));
            schemas.set(schema.getKey() + LOOSE, loose(schema.getValue()));
        });
        validator.registerSchema(ADDRESS, all);
    }

    /** What is wrong with a value, a sentence each. */
    Stream<String> problems(JsonNode schema, JsonNode value) {
        var address = registered.computeIfAbsent(schema, asked -> validator.registerSchema(strict(asked)));
        return validator.validate(address, value).getErrors().stream()
                .map(error -> "%s: %s (%s)"
                        .formatted(error.getInstanceLocation(), error.getError(), error.getSchemaLocation()));
    }

    private static JsonNode strict(JsonNode schema) {
        return rewritten(schema, true);
    }

    private static JsonNode loose(JsonNode schema) {
        return rewritten(schema, false);
    }

    private static JsonNode rewritten(JsonNode schema, boolean isStrict) {
        return switch (schema) {
            case ObjectNode object -> rewritten(object, isStrict);
            case ArrayNode array -> {
                var elements = array.arrayNode();
                array.forEach(element -> elements.add(rewritten(element, isStrict)));
                yield elements;
            }
            case JsonNode other -> other;
        };
    }

    private static ObjectNode rewritten(ObjectNode schema, boolean isStrict) {
        var result = schema.objectNode();
        schema.properties().forEach(member -> {
            var value = member.getValue();
            switch (member.getKey()) {
                case "$ref" -> result.put("$ref", reference(value.asText(), isStrict));
                // The whole is strict, not its parts, each of which knows only some of the members.
                case "allOf" -> result.set("allOf", loose(value));
                case "const", "enum", "examples", "example" -> result.set(member.getKey(), value);
                // The parts of a loose schema's members are strict again.
                case "properties" -> result.set("properties", strictMembers(value));
                default -> result.set(member.getKey(), rewritten(value, isStrict));
            }
        });
        if (isStrict && (schema.has("properties") || schema.has("allOf")) && !schema.has("additionalProperties")) {
            result.put("unevaluatedProperties", false);
        }
        return result;
    }

    private static ObjectNode strictMembers(JsonNode members) {
        var result = JsonNodeFactory.instance.objectNode();
        members.properties().forEach(member -> result.set(member.getKey(), strict(member.getValue())));
        return result;
    }

    private static String reference(String reference, boolean isStrict) {
        var name = reference.substring(REFERENCE.length());
        return "%s#/$defs/%s".formatted(ADDRESS, isStrict ? name : name + LOOSE);
    }
}
