package dev.darkroom.http.wavespeed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.ApiError;
import dev.darkroom.http.Dialect;
import dev.darkroom.http.HttpResponses;

/** WaveSpeed's envelopes. The writers are static, so that a native image holds them and builds none at a cold start. */
public final class WaveSpeedDialect implements Dialect {

    public static final WaveSpeedDialect INSTANCE = new WaveSpeedDialect();

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ObjectWriter SUCCESS = MAPPER.writerFor(SuccessEnvelope.class);
    private static final ObjectWriter ERROR = MAPPER.writerFor(ErrorEnvelope.class);

    private WaveSpeedDialect() {}

    static ObjectNode ok(GenerationView view) {
        return HttpResponses.ok(write(SUCCESS, SuccessEnvelope.of(view)));
    }

    static ObjectNode error(ApiError error) {
        return HttpResponses.error(error, INSTANCE);
    }

    static JsonNode tree(GenerationView view) {
        return MAPPER.valueToTree(view);
    }

    @Override
    public String body(ApiError error) {
        return write(ERROR, ErrorEnvelope.of(error));
    }

    /** For a body that only some functions answer. */
    static ObjectWriter writerFor(Class<?> body) {
        return MAPPER.writerFor(body);
    }

    static String write(ObjectWriter writer, Object body) {
        try {
            return writer.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a response could not be written as JSON", e);
        }
    }
}
