package dev.darkroom.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.jsonschema.input.InputSchema;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSchemaCatalogueTest {

    private static final ModelId IMAGEN = new ModelId("wavespeed-ai/imagen4");

    @Test
    void everyFileIsAModel() throws IOException {
        var ids = new HashSet<>(idsIn(Path.of("src/main/resources/models")));
        var own = Path.of("models");
        if (Files.isDirectory(own)) {
            ids.addAll(idsIn(own));
        }

        assertThat(new JsonSchemaCatalogue().ids()).containsExactlyInAnyOrderElementsOf(ids);
    }

    private static List<ModelId> idsIn(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(JsonSchemaCatalogueTest::idIn)
                    .toList();
        }
    }

    @Test
    void everyIndexOnTheClassPathCounts(@TempDir Path folder) throws IOException {
        Files.createDirectories(folder.resolve("models/vendor"));
        Files.writeString(folder.resolve("models/index.txt"), "models/vendor/sketch.json\n");
        Files.writeString(folder.resolve("models/vendor/sketch.json"), """
                {"id": "vendor/sketch", "provider": "vendor", "upstreamPath": "vendor/v2/sketch", "name": "Sketch",
                 "description": "A sketch.", "images": "copies",
                 "input": {"type": "object", "additionalProperties": false, "required": ["prompt"], "properties": {
                   "prompt": {"type": "string"}, "copies": {"type": "integer", "minimum": 1}}}}""");
        try (var loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            var catalogue = JsonSchemaCatalogue.of(loader);

            assertThat(catalogue.ids()).contains(IMAGEN, new ModelId("vendor/sketch"));
            var sketch = catalogue.find(new ModelId("vendor/sketch")).orElseThrow();
            assertThat(sketch.provider()).isEqualTo(new ProviderId("vendor"));
            assertThat(sketch.images("{\"copies\":3}")).isEqualTo(3);
            assertThat(sketch.images("{}")).isEqualTo(1);
        }
    }

    /** This catalogue does not limit the cost of checking a list or an object, so it rejects a model that has one. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{\"type\": \"array\"}", "{\"type\": \"object\"}", "{\"type\": [\"string\", \"null\"]}", "{}"})
    void aPropertyThatIsNotAScalarIsRefused(String property) throws IOException {
        var definition = new JsonMapper().readTree("{\"properties\": {\"images\": %s}}".formatted(property));

        assertThatIllegalArgumentException().isThrownBy(() -> InputSchema.of(IMAGEN, definition));
    }

    private static ModelId idIn(Path file) {
        try {
            return new ModelId(
                    new JsonMapper().readTree(file.toFile()).required("id").textValue());
        } catch (IOException e) {
            throw new AssertionError(file + " is not JSON", e);
        }
    }
}
