package dev.darkroom.models;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.application.Model;
import dev.darkroom.domain.ModelId;
import dev.darkroom.domain.Violation;
import java.util.List;
import java.util.stream.Stream;

/** A model whose input is described by a JSON Schema of one flat object. */
record JsonSchemaModel(ModelId id, String upstreamPath, InputSchema schema) implements Model {

    /** More would help nobody, and an answer has a size limit too. */
    private static final int MOST_VIOLATIONS = 20;

    @Override
    public Validation validate(String body) {
        return switch (JsonBody.read(body)) {
            case JsonBody.Unreadable(var violation) -> new Validation.Invalid(List.of(violation));
            case JsonBody.Read(var object) -> validate(object);
        };
    }

    @Override
    public int images(String input) {
        return switch (JsonBody.read(input)) {
            case JsonBody.Read(var object) -> object.path("num_images").asInt(1);
            case JsonBody.Unreadable _ -> throw new IllegalArgumentException("no valid input");
        };
    }

    private Validation validate(ObjectNode object) {
        var violations = Stream.concat(
                        schema.violations(object),
                        schema.properties().keySet().stream()
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
        schema.properties().forEach((name, property) -> {
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

    private static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }
}
