package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** What a model file can say of a model in the provider's live catalogue. */
class LiveModelTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void parametersAreInTheProvidersOrderWithoutThoseThatTheGatewayAnswers() {
        var model = model("""
                {"x-order-properties": ["prompt", "seed", "size"], "required": ["prompt"], "properties": {
                  "size": {"type": "string", "x-ui-component": "select", "enum": ["1024*1024"]},
                  "style": {"type": "string", "default": ""},
                  "hidden": {"type": "string", "disabled": true},
                  "enable_sync_mode": {"type": "boolean", "default": false},
                  "loras": {"type": "array"},
                  "seed": {"type": "integer", "step": 1, "minimum": -1},
                  "prompt": {"type": "string", "default": "an example"}}}""");

        assertThat(model.parameters().toString())
                .isEqualTo("{prompt={\"type\":\"string\"}, seed={\"type\":\"integer\",\"minimum\":-1},"
                        + " size={\"type\":\"string\",\"enum\":[\"1024*1024\"]}, style={\"type\":\"string\"}}");
        assertThat(model.others()).containsExactly("loras");
        assertThat(model.requires("prompt")).isTrue();
        assertThat(model.requires("seed")).isFalse();
    }

    /** A model file needs the minimum, because a request for no image would be paid for. */
    @Test
    void aNumberOfImagesIsOneOrMore() {
        var model = model("{\"properties\": {\"num_images\": {\"type\": \"integer\", \"maximum\": 4}}}");

        assertThat(model.numberOfImages()).contains("num_images");
        assertThat(model.parameters()).hasToString("{num_images={\"type\":\"integer\",\"maximum\":4,\"minimum\":1}}");
    }

    private static LiveModel model(String schema) {
        try {
            return LiveModel.of(JSON.readTree("""
                    {"model_id": "a/b", "name": "B", "type": "text-to-image", "api_schema": {"api_schemas": [
                      {"type": "model_result"}, {"type": "model_run", "request_schema": %s}]}}""".formatted(schema)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
