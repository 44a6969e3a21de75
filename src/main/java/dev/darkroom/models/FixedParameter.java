package dev.darkroom.models;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.darkroom.domain.ModelId;
import java.util.Map;

/**
 * A parameter that clients of the provider send with every request and that can have one value only here: it asks for
 * what is done anyway, so it is accepted and not sent on.
 *
 * @param value the only one; leaving the parameter out means the same
 * @param message what is wrong with any other
 */
record FixedParameter(JsonNode value, String message) {

    /** Those of every model, by name. */
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
