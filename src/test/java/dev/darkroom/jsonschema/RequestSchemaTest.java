package dev.darkroom.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.generation.ModelId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The schema that callers read says what a submission takes, in terms that every language has. */
class RequestSchemaTest {

    private final JsonSchemaCatalogue catalogue = new JsonSchemaCatalogue();

    @Test
    void theDefaultModelHasTheSchemaOfItsDocument() throws IOException {
        assertThat(schema("wavespeed-ai/imagen4")).isEqualTo(new JsonMapper().readTree("""
                {"type": "object",
                 "properties": {
                   "prompt": {"type": "string", "description": "The text prompt describing what you want to see"},
                   "negative_prompt": {"type": "string",
                     "description": "A description of what to discourage in the generated images"},
                   "aspect_ratio": {"type": "string", "description": "The aspect ratio of the generated image",
                     "enum": ["1:1", "16:9", "9:16", "3:4", "4:3"], "default": "1:1"},
                   "num_images": {"type": "integer", "description": "Number of images to generate (1-4)",
                     "minimum": 1, "maximum": 4, "default": 1},
                   "seed": {"type": "integer", "description": "Random seed for reproducible generation",
                     "minimum": -1, "maximum": 9999999999}},
                 "required": ["prompt"],
                 "x-order-properties": ["prompt", "negative_prompt", "aspect_ratio", "num_images", "seed"],
                 "additionalProperties": false}"""));
    }

    @Test
    void theNumberOfImagesHasTheLimitOfTheGatewayWhereNoOtherIsEstablished() {
        var files = ModelFiles.of(Map.of("models/a/b.json", """
                {"id": "a/b", "provider": "p", "upstreamPath": "a/b", "name": "B", "description": "B.", "images": "n",
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"}, "n": {"type": "integer", "minimum": 1}}}}"""));

        var schema = RequestSchema.of(files.values().iterator().next());

        assertThat(schema.at("/properties/n/maximum").asInt()).isEqualTo(10);
    }

    @Test
    void everyModelHasItsParametersInOrderAndNothingOfOurOwn() throws IOException {
        for (var id : catalogue.ids()) {
            var schema = schema(id.value());

            assertThat(names(schema.path("properties")))
                    .as("%s", id)
                    .isEqualTo(texts(schema.path("x-order-properties")));
            assertThat(schema.path("properties"))
                    .allSatisfy(property -> assertThat(names(property)).doesNotContain("pattern", "errorMessage"));
        }
    }

    private JsonNode schema(String id) throws IOException {
        var model = catalogue.find(new ModelId(id)).orElseThrow();
        return new JsonMapper().readTree(model.description().inputSchema());
    }

    private static List<String> names(JsonNode object) {
        var names = new ArrayList<String>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).toList();
    }
}
