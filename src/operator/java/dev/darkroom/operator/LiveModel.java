package dev.darkroom.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A model of the provider's live catalogue.
 *
 * @param formula the price as an expression of the parameters; empty when the provider names none
 * @param schema the JSON Schema of its input
 */
record LiveModel(String id, String name, String description, String type, String formula, JsonNode schema) {

    /** What a model file says about a parameter, too. */
    static final List<String> KEYWORDS =
            List.of("type", "enum", "minimum", "maximum", "minLength", "maxLength", "default");

    private static final String PROMPT = "prompt";
    private static final List<String> NUMBERS_OF_IMAGES = List.of("num_images", "num_outputs", "n");
    private static final String RUN = "model_run";
    private static final Set<String> SCALARS = Set.of("string", "integer", "number", "boolean");

    /** The gateway itself answers these parameters, for every model. */
    private static final Set<String> GATEWAYS_OWN = Set.of("enable_sync_mode", "enable_base64_output");

    /** Reads an entry of {@code GET /api/v3/models}. */
    static LiveModel of(JsonNode entry) {
        var schemas = entry.at("/api_schema/api_schemas");
        var schema = schemas.valueStream()
                .filter(one -> one.path("type").asText(RUN).equals(RUN))
                .findFirst()
                .orElse(schemas.path(0));
        return new LiveModel(
                entry.path("model_id").asText(),
                entry.path("name").asText(),
                entry.path("description").asText(),
                entry.path("type").asText(),
                entry.path("formula").asText(),
                schema.path("request_schema"));
    }

    boolean makesImagesOfText() {
        return type.equals("text-to-image");
    }

    /** The parameters that a model file can have, in the provider's order, each with the {@link #KEYWORDS} it has. */
    Map<String, ObjectNode> parameters() {
        var parameters = new LinkedHashMap<String, ObjectNode>();
        names().filter(name -> isScalar(property(name)))
                .forEach(name -> parameters.put(name, taken(name, property(name))));
        return parameters;
    }

    /** The parameters that no model file can have: lists and objects. */
    List<String> others() {
        return names().filter(name -> !isScalar(property(name))).toList();
    }

    /** The parameter that says how many images a call makes: an integer with one of the usual names. */
    Optional<String> numberOfImages() {
        return NUMBERS_OF_IMAGES.stream()
                .filter(name -> property(name).path("type").asText().equals("integer"))
                .findFirst();
    }

    boolean requires(String name) {
        return schema.path("required")
                .valueStream()
                .anyMatch(required -> required.asText().equals(name));
    }

    /** The provider's text for people about a parameter, empty without one. */
    String descriptionOf(String name) {
        return property(name).path("description").asText();
    }

    private Stream<String> names() {
        var names = new LinkedHashSet<String>();
        schema.path("x-order-properties").forEach(name -> names.add(name.asText()));
        schema.path("properties").fieldNames().forEachRemaining(names::add);
        return names.stream()
                .filter(name -> schema.path("properties").has(name))
                .filter(name -> !property(name).path("disabled").asBoolean())
                .filter(name -> !GATEWAYS_OWN.contains(name));
    }

    private JsonNode property(String name) {
        return schema.path("properties").path(name);
    }

    private static boolean isScalar(JsonNode property) {
        return SCALARS.contains(property.path("type").asText());
    }

    private static ObjectNode taken(String name, JsonNode property) {
        var taken = ((ObjectNode) property.deepCopy()).retain(KEYWORDS);
        // The provider's default prompt is an example, and an empty default is none.
        if (name.equals(PROMPT) || taken.path("default").asText().isEmpty()) {
            taken.remove("default");
        }
        if (NUMBERS_OF_IMAGES.contains(name) && !taken.has("minimum")) {
            taken.put("minimum", 1);
        }
        return taken;
    }
}
