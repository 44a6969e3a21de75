package dev.darkroom.bench.cost;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class GenerationCostTest {

    private static final int SECONDS = 15;

    @Test
    void aThousandSingleGenerationsCostAtMostFiveCents() throws IOException {
        int megabytes = memoryOf("poll-few-generations");

        assertThat(new GenerationCost(SECONDS, megabytes).dollars()).isLessThanOrEqualTo(0.05);
    }

    @Test
    void withTheLargerFunctionTheyWouldCostMore() throws IOException {
        assertThat(new GenerationCost(SECONDS, memoryOf("poll-generations")).dollars())
                .isGreaterThan(0.12);
    }

    /** Five rows in the larger function cost less for each than one in the smaller. */
    @Test
    void handingOverCostsNoMore() throws IOException {
        double one = waiting(memoryOf("poll-few-generations"));
        double five = waiting(memoryOf("poll-generations")) / 5;

        assertThat(five).isLessThan(one);
    }

    @Test
    void theDocumentHasTheFiguresOfTheModel() throws IOException {
        var document = Files.readString(Path.of("docs/operations.md"));

        assertThat(new GenerationCost(SECONDS, memoryOf("poll-few-generations")).parts())
                .allSatisfy((part, dollars) ->
                        assertThat(document).contains(String.format(Locale.ROOT, "| %s | %.4f |", part, dollars)));
    }

    private static double waiting(int megabytes) {
        return new GenerationCost(SECONDS, megabytes).parts().getOrDefault("the sweep that waits", 0.0);
    }

    private static int memoryOf(String function) throws IOException {
        JsonNode file = new YAMLMapper()
                .readTree(Path.of("infra/functions/%s.yml".formatted(function)).toFile());
        return file.path(function).path("memorySize").asInt();
    }
}
