package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.darkroom.core.generation.ModelId;
import java.util.List;
import java.util.Map;

/**
 * A parameter that clients of the provider send with every request, but that changes no image. Its valid values are
 * accepted and not sent on.
 *
 * @param values the valid ones
 * @param message what is wrong with any other value
 */
record FixedParameter(List<JsonNode> values, String message) {

    /** The names under which clients say how many images they want, whatever the model calls it. */
    static final List<String> NUMBERS_OF_IMAGES = List.of("num_images", "num_outputs");

    private FixedParameter(JsonNode value, String message) {
        this(List.of(value), message);
    }

    /** The fixed parameters of every model, by name. {@code model} is the path that was requested. */
    static Map<String, FixedParameter> of(ModelId model) {
        var oneImage = new FixedParameter(
                IntNode.valueOf(1), "must be 1 or left out: %s makes one image for each request".formatted(model));
        return Map.of(
                "enable_sync_mode",
                // How long an answer waits is decided by the endpoint.
                new FixedParameter(List.of(BooleanNode.FALSE, BooleanNode.TRUE), "must be true, false or left out"),
                "enable_base64_output",
                new FixedParameter(
                        BooleanNode.FALSE,
                        "must be false or left out: outputs are addresses to download the images from"),
                "model",
                new FixedParameter(
                        TextNode.valueOf(model.value()),
                        "must be %s, the model of the path, or left out".formatted(model)),
                NUMBERS_OF_IMAGES.getFirst(),
                oneImage,
                NUMBERS_OF_IMAGES.getLast(),
                oneImage);
    }

    boolean takes(JsonNode given) {
        return values.stream().anyMatch(value -> areEqual(given, value));
    }

    /** Numbers are equal by their values: 1.0 is 1. */
    static boolean areEqual(JsonNode a, JsonNode b) {
        return (a.isNumber() && b.isNumber()) ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
    }
}
