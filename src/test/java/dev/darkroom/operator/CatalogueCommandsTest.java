package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.local.provider.ProviderSimulator;
import dev.darkroom.local.provider.WebhookSender;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code make model} and {@code make models}, with the simulator as the provider. */
class CatalogueCommandsTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path RESOURCES = Path.of("src/main/resources");
    private static final String PAPER_CUT = "wavespeed-ai/paper-cut/text-to-image";
    private static final String FLUX = "src/main/resources/models/wavespeed-ai/flux-schnell.json";

    private static final String MAXIMUM = "\"maximum\": 4\n";
    private static final String WRONG_MAXIMUM = "\"maximum\": 12\n";

    @TempDir
    private Path project = Path.of("");

    private final ProviderSimulator simulator = new ProviderSimulator(Duration.ZERO, 1, WebhookSender.SECRET);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream notes = new ByteArrayOutputStream();

    @BeforeEach
    void copyTheModels() throws IOException {
        try (var files = Files.walk(RESOURCES)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var copy = project.resolve(file);
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        Files.createDirectories(project.resolve("target/local"));
        Files.writeString(
                project.resolve("target/local/platform-1.json"),
                "{\"gateway\": \"%1$s\", \"table\": \"%1$s\", \"tableName\": \"t\", \"provider\": \"%1$s\"}"
                        .formatted(simulator.address()));
    }

    @AfterEach
    void end() {
        simulator.close();
    }

    @Test
    void aModelWithoutAFileGetsOneOfTheOwners() throws IOException {
        run(Map.of(), "model", PAPER_CUT);

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("models/%s.json%n".formatted(PAPER_CUT));
        var file = read("models/" + PAPER_CUT + ".json");
        assertThat(file.path("$schema").asText()).isEqualTo("../../../src/main/resources/schemas/model.schema.json");
        assertThat(file.path("id").asText()).isEqualTo(PAPER_CUT);
        assertThat(file.path("name").asText()).isEqualTo("Paper Cut");
        assertThat(file.path("images").asText()).isEqualTo("num_images");
        assertThat(file.path("sizes").toString()).isEqualTo("{\"pixels\":\"size\"}");
        assertThat(file.path("price").toString())
                .isEqualTo("{\"base\":{\"by\":\"quality\",\"values\":{\"draft\":5000,\"fine\":20000}},"
                        + "\"times\":\"num_images\"}");
        assertThat(file.path("priceNote").asText()).isEqualTo("From the simulated provider: not a real price.");
        assertThat(file.at("/input/required").toString()).isEqualTo("[\"prompt\"]");
        assertThat(file.at("/input/properties").fieldNames())
                .toIterable()
                .containsExactly("prompt", "size", "quality", "num_images", "seed");
        assertThat(file.at("/input/properties/quality").toString())
                .isEqualTo("{\"type\":\"string\",\"enum\":[\"draft\",\"fine\"],\"default\":\"draft\"}");
        assertThat(file.at("/input/properties/prompt/errorMessage/pattern").asText())
                .isEqualTo("must not be blank");
        assertThat(notes.toString(StandardCharsets.UTF_8))
                .contains("loras is left out: it is a list or an object.")
                .contains("make package");
    }

    @Test
    void aFileThatIsRightIsNotWritten() throws IOException {
        var before = Files.readString(project.resolve(FLUX));

        run(Map.of(), "model", "wavespeed-ai/flux-schnell");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(notes.toString(StandardCharsets.UTF_8))
                .contains("The file of wavespeed-ai/flux-schnell is right as it is.");
        assertThat(Files.readString(project.resolve(FLUX))).isEqualTo(before);
    }

    @Test
    void aFileThatDiffersIsCorrectedAndKeepsWhatPeopleWrote() throws IOException {
        var before = Files.readString(project.resolve(FLUX));
        Files.writeString(
                project.resolve(FLUX),
                before.replace(MAXIMUM, WRONG_MAXIMUM).replace("\"base\": 3000", "\"base\": 4000"));
        run(Map.of(), "models");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("wavespeed-ai/flux-schnell  num_images.maximum: the file has 12, the provider 4")
                .contains(
                        "wavespeed-ai/flux-schnell  price of {\"prompt\":\"a cat\"}: the file has 0.004, the provider 0.003");

        run(Map.of(), "model", "wavespeed-ai/flux-schnell");

        var after = (ObjectNode) read(FLUX);
        assertThat(after.remove("priceNote").asText()).isEqualTo("From the simulated provider: not a real price.");
        var expected = (ObjectNode) JSON.readTree(before);
        expected.remove("priceNote");
        assertThat(after).isEqualTo(expected);
    }

    @Test
    void nothingDiffersFromTheSimulator() {
        run(Map.of(), "models");

        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(notes.toString(StandardCharsets.UTF_8))
                .contains("0 differences in ")
                .contains("1 models for images have no file (make model ID=…): " + PAPER_CUT);
    }

    @Test
    void aModelThatTheProviderNoLongerHasIsListed() throws IOException {
        var own = project.resolve("models/house/gone.json");
        Files.createDirectories(own.getParent());
        Files.writeString(
                own,
                Files.readString(project.resolve(FLUX))
                        .replace("\"id\": \"wavespeed-ai/flux-schnell\"", "\"id\": \"house/gone\"")
                        .replace(
                                "\"upstreamPath\": \"wavespeed-ai/flux-schnell\"", "\"upstreamPath\": \"house/gone\""));

        run(Map.of(), "models");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "house/gone  the provider does not have it; set retiredOn and a successor, or remove the file%n"
                                .formatted());
    }

    @Test
    void theOwnersFileIsUpdatedBeforeTheOneThatCameWithTheProject() throws IOException {
        var own = project.resolve("models/wavespeed-ai/flux-schnell.json");
        Files.createDirectories(own.getParent());
        Files.writeString(own, Files.readString(project.resolve(FLUX)).replace(MAXIMUM, WRONG_MAXIMUM));
        var builtIn = Files.readString(project.resolve(FLUX));

        run(Map.of(), "model", "wavespeed-ai/flux-schnell");

        assertThat(out.toString(StandardCharsets.UTF_8))
                .isEqualTo("models/wavespeed-ai/flux-schnell.json%n".formatted());
        assertThat(Files.readString(own)).contains(MAXIMUM).doesNotContain(WRONG_MAXIMUM);
        assertThat(Files.readString(project.resolve(FLUX))).isEqualTo(builtIn);
    }

    @Test
    void aFileThatWouldMakeTheCatalogueWrongIsNotWritten() throws IOException {
        var other = project.resolve("src/main/resources/models/house/other.json");
        Files.createDirectories(other.getParent());
        Files.writeString(other, "{\"id\": \"house/other\"}");

        assertThatThrownBy(() -> run(Map.of(), "model", PAPER_CUT))
                .isInstanceOf(OperatorException.class)
                .hasMessageContaining("models/house/other.json: input: is missing");
        assertThat(project.resolve("models")).doesNotExist();
    }

    @Test
    void anUnknownModelIsReportedWithTheNearest() {
        assertThatThrownBy(() -> run(Map.of(), "model", "wavespeed-ai/flux-schnel"))
                .isInstanceOf(OperatorException.class)
                .hasMessageEndingWith("has no model wavespeed-ai/flux-schnel; did you mean wavespeed-ai/flux-schnell?");
        assertThatThrownBy(() -> run(Map.of(), "model", "Flux"))
                .isInstanceOf(OperatorException.class)
                .hasMessageStartingWith("ID must be the id of a model, such as google/nano-banana-2/text-to-image");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DARKROOM_WAVESPEED_API_KEY", "WAVESPEED_API_KEY"})
    void withAKeyTheRealProviderIsAsked(String variable) throws IOException {
        Files.delete(project.resolve("target/local/platform-1.json"));
        var real = Map.of(
                variable,
                "key",
                "DARKROOM_WAVESPEED_BASE_URL",
                simulator.address().toString());

        run(real, "model", PAPER_CUT);

        assertThat(read("models/" + PAPER_CUT + ".json").has("priceNote")).isFalse();
    }

    @Test
    void withoutAKeyAndASimulatorItSaysWhatToDo() throws IOException {
        Files.delete(project.resolve("target/local/platform-1.json"));

        assertThatThrownBy(() -> run(Map.of(), "models"))
                .isInstanceOf(OperatorException.class)
                .hasMessage("set DARKROOM_WAVESPEED_API_KEY or WAVESPEED_API_KEY to read the provider's catalogue, or"
                        + " start the simulated provider with make run");
    }

    private JsonNode read(String file) throws IOException {
        return JSON.readTree(Files.readString(project.resolve(file)));
    }

    private void run(Map<String, String> more, String... arguments) {
        var environment = new HashMap<>(Map.of("PORT", "1"));
        environment.putAll(more);
        new OperatorCli(environment, project, printing(out), printing(notes)).run(List.of(arguments));
    }

    private static PrintStream printing(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
