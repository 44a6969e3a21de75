package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A model's JSON Schema as callers read it: with the order of the parameters, and the limits of the gateway. */
final class RequestSchema {

    /** The texts of our own errors, and regular expressions, whose dialect differs between languages. */
    private static final List<String> NOT_SHOWN = List.of("errorMessage", "pattern");

    private RequestSchema() {}

    static ObjectNode of(ModelFile file) {
        var schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        var properties = schema.putObject("properties");
        var order = JsonNodeFactory.instance.arrayNode();
        for (var name : file.schema().properties().keySet()) {
            properties.set(name, shown(name, file));
            order.add(name);
        }
        schema.set("required", file.schema().definition().path("required").deepCopy());
        schema.set("x-order-properties", order);
        return schema.put("additionalProperties", false);
    }

    private static ObjectNode shown(String name, ModelFile file) {
        ObjectNode property = file.schema().property(name).deepCopy();
        property.remove(NOT_SHOWN);
        if (file.images().filter(name::equals).isPresent() && !property.has("maximum")) {
            property.put("maximum", file.maxImages());
        }
        return property;
    }
}
