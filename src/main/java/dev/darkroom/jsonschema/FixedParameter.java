package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.darkroom.core.generation.ModelId;
import java.util.Map;

/**
 * A parameter that clients of the provider send with every request, but that has only one valid value here. The value
 * asks for what the gateway does anyway, so it is accepted and not sent on.
 *
 * @param value the only one; leaving the parameter out means the same
 * @param message what is wrong with any other value
 */
record FixedParameter(JsonNode value, String message) {

    /** The fixed parameters of every model, by name. */
    static Map<String, FixedParameter> of(ModelId model) {
        return Map.of(
                "enable_sync_mode",
                new FixedParameter(
                        BooleanNode.FALSE,
                        "must be false or left out: the answer does not wait for the images, read them at data.urls.get"),
                "enable_base64_output",
                new FixedParameter(
                        BooleanNode.FALSE,
                        "must be false or left out: outputs are addresses to download the images from"),
                "model",
                new FixedParameter(
                        TextNode.valueOf(model.value()),
                        "must be %s, the model of the path, or left out".formatted(model)));
    }

    boolean takes(JsonNode given) {
        return given.isNull() || given.equals(value);
    }
}
