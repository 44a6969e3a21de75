package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes what we answer. Static, so that a native image holds the writers and builds none at a cold start. */
final class Json {

    private static final JsonMapper MAPPER = new JsonMapper();

    static final ObjectWriter SUCCESS = MAPPER.writerFor(SuccessEnvelope.class);
    static final ObjectWriter ERROR = MAPPER.writerFor(ErrorEnvelope.class);

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    static JsonNode tree(GenerationView view) {
        return MAPPER.valueToTree(view);
    }
}
