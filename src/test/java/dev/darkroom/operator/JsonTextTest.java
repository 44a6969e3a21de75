package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JsonTextTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    static List<Path> files() throws IOException {
        try (var files = Files.walk(Path.of("src/main/resources/models"))) {
            return files.filter(file -> file.toString().endsWith(".json")).toList();
        }
    }

    /** Otherwise an update changes lines that have the same meaning. */
    @ParameterizedTest
    @MethodSource("files")
    void everyModelFileHasThisForm(Path file) throws IOException {
        var text = Files.readString(file);

        assertThat(JsonText.of((ObjectNode) JSON.readTree(text))).isEqualTo(text);
    }
}
