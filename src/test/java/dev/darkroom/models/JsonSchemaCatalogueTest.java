package dev.darkroom.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.domain.ModelId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** What a list or an object costs to check is not limited; a model with one needs more than this catalogue has. */
    @ParameterizedTest
    @ValueSource(
            strings = {"{\"type\": \"array\"}", "{\"type\": \"object\"}", "{\"type\": [\"string\", \"null\"]}", "{}"})
    void aPropertyThatIsNoScalarIsRefused(String property) throws IOException {
        var definition = new JsonMapper().readTree("{\"properties\": {\"images\": %s}}".formatted(property));

        assertThatIllegalArgumentException().isThrownBy(() -> InputSchema.of(new ModelId("vendor/model"), definition));
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
