package dev.darkroom.local.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.harrel.jsonschema.providers.JacksonNode;
import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A model as the provider's live catalogue has it.
 *
 * @param requestSchema the JSON Schema of its input
 * @param address under which the validator knows the schema
 */
record SimulatedModel(
        String id, String name, String description, ObjectNode requestSchema, SimulatedPrice price, URI address) {

    private static final JsonMapper JSON = new JsonMapper();

    /** One for all models, because each validator keeps the meta-schemas in memory. */
    private static final Validator VALIDATOR = new ValidatorFactory()
            .withJsonNodeFactory(new JacksonNode.Factory())
            .withMessageProvider((keyword, _) -> keyword)
            .createValidator();

    /** What only the gateway's file has. */
    private static final List<String> NOT_LIVE = List.of("pattern", "errorMessage");

    /** Makes it from a model file of the gateway. */
    static SimulatedModel of(JsonNode file) {
        var schema = requestSchema(file.path("input"));
        return new SimulatedModel(
                file.path("upstreamPath").textValue(),
                file.path("name").textValue(),
                file.path("description").textValue(),
                schema,
                new SimulatedPrice(file.path("price")),
                VALIDATOR.registerSchema(schema));
    }

    private static ObjectNode requestSchema(JsonNode input) {
        var schema = JSON.createObjectNode().put("type", "object");
        var properties = schema.putObject("properties");
        var order = JSON.createArrayNode();
        input.path("properties").properties().forEach(property -> {
            properties.set(property.getKey(), ((ObjectNode) property.getValue().deepCopy()).without(NOT_LIVE));
            order.add(property.getKey());
        });
        properties.putObject("enable_base64_output").put("type", "boolean").put("default", false);
        properties
                .putObject("enable_sync_mode")
                .put("type", "boolean")
                .put("default", false)
                .put("disabled", true);
        schema.set("required", input.path("required").deepCopy());
        schema.set("x-order-properties", order.add("enable_base64_output").add("enable_sync_mode"));
        return schema.put("additionalProperties", false);
    }

    /** What the provider would drop or replace in an input, a sentence; empty when there is nothing. */
    Optional<String> problem(JsonNode input) {
        var wrong = VALIDATOR.validate(address, input).getErrors().stream()
                .map(error -> "%s: %s".formatted(error.getInstanceLocation(), error.getError()))
                .collect(Collectors.joining("; "));
        return wrong.isEmpty()
                ? Optional.empty()
                : Optional.of("%s does not take this input (%s)".formatted(id, wrong));
    }

    /** The input with the default of each parameter that it leaves out. */
    ObjectNode withDefaults(JsonNode input) {
        var filled = JSON.createObjectNode();
        requestSchema.path("properties").properties().forEach(property -> {
            var value = input.path(property.getKey());
            filled.set(
                    property.getKey(),
                    value.isMissingNode() ? property.getValue().path("default") : value);
        });
        filled.properties().removeIf(parameter -> parameter.getValue().isMissingNode());
        return filled;
    }

    /** The price of an input in US dollars; empty where the gateway has no price of the model. */
    Optional<BigDecimal> price(JsonNode input) {
        return price.of(withDefaults(input));
    }

    /** The entry of {@code GET /api/v3/models}. */
    ObjectNode entry() {
        var entry = JSON.createObjectNode()
                .put("model_id", id)
                .put("name", name)
                .put("description", description)
                .put("type", "text-to-image");
        price(JSON.createObjectNode()).ifPresent(base -> entry.put("base_price", base));
        price.formula().ifPresent(formula -> entry.put("formula", formula));
        var schemas = entry.putObject("api_schema").putArray("api_schemas");
        schemas.addObject().put("type", "model_run").set("request_schema", requestSchema);
        return entry;
    }
}
