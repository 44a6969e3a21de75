package dev.darkroom.models;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.domain.ModelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class JsonSchemaCatalogueTest {

    @Test
    void everyFileIsAModel() throws IOException {
        try (var files = Files.walk(Path.of("src/main/resources/models"))) {
            var ids = files.filter(file -> file.toString().endsWith(".json"))
                    .map(JsonSchemaCatalogueTest::idIn)
                    .toList();

            assertThat(new JsonSchemaCatalogue().ids()).containsExactlyInAnyOrderElementsOf(ids);
        }
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
