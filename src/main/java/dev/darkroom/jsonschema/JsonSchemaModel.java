package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A model whose input is described by a JSON Schema of one flat object.
 *
 * @param imageCount the property that has the number of images; an input without it asks for one
 */
record JsonSchemaModel(ModelId id, ProviderId provider, String upstreamPath, String imageCount, InputSchema schema)
        implements Model {

    /** More would not help a caller, and a response has a size limit. */
    private static final int MAX_VIOLATIONS = 20;

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
            case JsonBody.Read(var object) -> object.path(imageCount).asInt(1);
            case JsonBody.Unreadable _ -> throw new IllegalArgumentException("the input is not valid");
        };
    }

    private Validation validate(ObjectNode body) {
        var input = parameters(body);
        var fixed = FixedParameter.of(id);
        var violations = Stream.concat(schema.violations(input), others(body, fixed))
                .limit(MAX_VIOLATIONS)
                .toList();
        return violations.isEmpty()
                ? new Validation.Valid(canonical(input).toString())
                : new Validation.Invalid(violations);
    }

    /** The model's own parameters; one that is null is absent. */
    private ObjectNode parameters(ObjectNode body) {
        var parameters = body.objectNode();
        for (var name : schema.properties().keySet()) {
            if (body.hasNonNull(name)) {
                parameters.set(name, body.get(name));
            }
        }
        return parameters;
    }

    /** What is wrong with the parameters that are not the model's own. */
    private Stream<Violation> others(ObjectNode body, Map<String, FixedParameter> fixed) {
        return body.propertyStream()
                .filter(parameter -> !schema.properties().containsKey(parameter.getKey()))
                .flatMap(parameter -> {
                    var name = parameter.getKey();
                    var known = Optional.ofNullable(fixed.get(name));
                    if (known.isEmpty()) {
                        return Stream.of(schema.unknown(name));
                    }
                    return known.filter(one -> !one.takes(parameter.getValue())).stream()
                            .map(one -> new Violation(name, one.message()));
                });
    }

    /** Defaults filled in, members in the schema's order. */
    private ObjectNode canonical(ObjectNode input) {
        var canonical = input.objectNode();
        schema.properties().forEach((name, type) -> {
            var value =
                    input.has(name) ? input.get(name) : schema.property(name).get("default");
            if (value != null) {
                canonical.set(name, type.canonical(value));
            }
        });
        return canonical;
    }
}
