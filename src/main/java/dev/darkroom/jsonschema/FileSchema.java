package dev.darkroom.jsonschema;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.harrel.jsonschema.Error;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The JSON Schema of model files, the one that editors use. */
final class FileSchema {

    private final JsonNode definition;
    private final Validator validator;
    private final URI address;

    FileSchema(JsonNode definition) {
        this.definition = definition;
        this.validator = new ValidatorFactory()
                .withJsonNodeFactory(new JacksonNode.Factory())
                .withMessageProvider((keyword, _) -> keyword)
                .createValidator();
        this.address = validator.registerSchema(definition);
    }

    /** What is wrong with a file, a sentence each that begins with the field. */
    List<String> problems(JsonNode file) {
        return validator.validate(address, file).getErrors().stream()
                .flatMap(error -> problems(error, file))
                .distinct()
                .toList();
    }

    private Stream<String> problems(Error error, JsonNode file) {
        var at = error.getInstanceLocation();
        var keyword = Optional.ofNullable(error.getKeyword()).orElse("");
        var rule = rule(error, keyword);
        return switch (keyword) {
            case "required" -> missing(rule, file.at(at), at);
            case "dependentRequired" ->
                rule.properties().stream()
                        .filter(entry -> file.at(at).has(entry.getKey()))
                        .flatMap(entry -> missing(entry.getValue(), file.at(at), at));
            // The schema allows no other member.
            case "" -> Stream.of(field(at) + ": is not known");
            case "type" -> Stream.of(field(at) + ": must be of the type " + listed(rule));
            case "enum" -> Stream.of(field(at) + ": must be one of " + listed(rule));
            case "const" -> Stream.of(field(at) + ": must be " + rule.asText());
            default -> Stream.of("%s: does not fit %s %s".formatted(field(at), keyword, text(rule)));
        };
    }

    private static Stream<String> missing(JsonNode names, JsonNode object, String at) {
        return names.valueStream()
                .map(JsonNode::asText)
                .filter(name -> !object.has(name))
                .map(name -> field(at + "/" + name) + ": is missing");
    }

    /** The value of the keyword that does not hold; the location is that of the schema that has the keyword. */
    private JsonNode rule(Error error, String keyword) {
        var location = error.getSchemaLocation();
        int fragment = location.indexOf('#');
        var schema = fragment < 0 ? "" : location.substring(fragment + 1);
        return definition.at(JsonPointer.compile(schema)).path(keyword);
    }

    private static String listed(JsonNode rule) {
        return rule.isArray()
                ? rule.valueStream().map(JsonNode::asText).collect(Collectors.joining(", "))
                : rule.asText();
    }

    private static String text(JsonNode rule) {
        return rule.isValueNode() ? rule.asText() : "";
    }

    /** {@code /price/values/1k} as {@code price.values.1k}. */
    private static String field(String location) {
        return location.isEmpty()
                ? "file"
                : location.substring(1).replace('/', '.').replace("~1", "/");
    }
}
