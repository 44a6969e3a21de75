package dev.darkroom.local.provider;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.TestClock;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.catalogue.Warning;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.jsonschema.UnknownParameters;
import dev.darkroom.provider.wavespeed.WaveSpeedProviders;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every model that ships, from the request to the images, against a provider that refuses what it would drop. */
class EveryModelTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path MODELS = Path.of("src/main/resources/models");
    private static final List<String> TEXTS = List.of("1024*1024", "16:9", "a cat");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final HttpClient client = HttpClient.newHttpClient();
    private final ProviderSimulator simulator = new ProviderSimulator(Duration.ZERO, 1, WebhookSender.SECRET);

    @AfterEach
    void end() {
        simulator.close();
        client.close();
    }

    static List<ModelId> models() throws IOException {
        try (var files = Files.walk(MODELS)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .map(file -> MODELS.relativize(file).toString().replace('\\', '/'))
                    .map(file -> new ModelId(file.substring(0, file.length() - ".json".length())))
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void aRequestWithEveryParameterEndsWithItsImages(ModelId id) throws Exception {
        var core = core(new JsonSchemaCatalogue());
        var input = everyParameter(id);

        var row = CoreFixture.accepted(core.submit.submit(command(id.value(), input)));
        core.sweepQueueFor(MINUTE);
        core.sweepFor(MINUTE);

        var ended = new ReadGeneration(core.store, core.admissions)
                .read(row.id(), CoreFixture.OWNER)
                .orElseThrow();
        assertThat(ended.generation().state()).isInstanceOf(State.Completed.class);
        assertThat(((State.Completed) ended.generation().state()).outputs())
                .hasSize(input.path("num_images").asInt(1));
        assertThat(simulator.inputs()).containsOnlyKeys(row.request().input());
    }

    @ParameterizedTest
    @MethodSource("models")
    void theProviderRefusesWhatItWouldDrop(ModelId id) throws Exception {
        var unknown = JSON.createObjectNode().put("prompt", "a cat").put("colour", "red");
        var wrong = JSON.createObjectNode().put("prompt", 5);

        assertThat(post(id, unknown).statusCode()).isEqualTo(400);
        assertThat(post(id, unknown).body()).contains("colour");
        assertThat(post(id, wrong).statusCode()).isEqualTo(400);
        assertThat(simulator.predictions()).isEmpty();
    }

    @Test
    void fourImagesOfARedirectedModelAreFourImagesAndNothingIsDropped() throws Exception {
        var nanoBanana = "google/nano-banana-2/text-to-image";
        var core = core(new JsonSchemaCatalogue("wavespeed-ai/imagen4=" + nanoBanana, UnknownParameters.REFUSE));
        var body = JSON.createObjectNode()
                .put("prompt", "a cat")
                .put("negative_prompt", "text")
                .put("num_images", 4)
                .put("seed", 7);

        var submission = core.submit.submit(command("wavespeed-ai/imagen4", body));
        core.sweepQueueFor(MINUTE);
        core.sweepFor(MINUTE);

        assertThat(submission).isInstanceOfSatisfying(Submission.Stored.class, stored -> {
            assertThat(stored.notices().warnings())
                    .containsExactly(
                            new Warning("model", "wavespeed-ai/imagen4 is drawn by " + nanoBanana),
                            new Warning("negative_prompt", "was appended to the prompt"),
                            new Warning("seed", "was not used: %s takes no seed".formatted(nanoBanana)));
            var ended = new ReadGeneration(core.store, core.admissions)
                    .read(stored.generation().id(), CoreFixture.OWNER)
                    .orElseThrow();
            assertThat(((State.Completed) ended.generation().state()).outputs())
                    .extracting(Output::url)
                    .hasSize(4)
                    .doesNotHaveDuplicates();
        });
        assertThat(simulator.inputs())
                .isEqualTo(Map.of("{\"prompt\":\"a cat\\n\\nAvoid: text\",\"aspect_ratio\":\"1:1\"}", 4L));
        assertThat(simulator.billedImages()).isEqualTo(4);
    }

    private CoreFixture core(ModelCatalogue catalogue) {
        var clock = new TestClock();
        var provider = WaveSpeedProviders.at(simulator.address(), WebhookSender.SECRET, clock);
        return new CoreFixture(
                clock, ImageProviders.of(List.of(provider), new CallbackUrl(Optional.empty())), catalogue);
    }

    private static Command command(String model, ObjectNode body) {
        return new Command(CoreFixture.OWNER, model, body.toString(), Optional.empty(), Optional.empty());
    }

    private static ObjectNode everyParameter(ModelId id) throws IOException {
        var file = JSON.readTree(Files.readString(MODELS.resolve(id + ".json")));
        var input = JSON.createObjectNode();
        file.at("/input/properties")
                .properties()
                .forEach(property -> input.set(property.getKey(), value(property.getValue())));
        return input;
    }

    private static JsonNode value(JsonNode property) {
        var values = property.path("enum");
        if (!values.isEmpty()) {
            return values.path(values.size() - 1);
        }
        return switch (property.path("type").asText()) {
            case "boolean" -> BooleanNode.TRUE;
            case "string" ->
                TextNode.valueOf(text(Pattern.compile(property.path("pattern").asText())));
            case String _ -> property.has("maximum") ? property.get("maximum") : IntNode.valueOf(2);
        };
    }

    private static String text(Pattern form) {
        return TEXTS.stream()
                .filter(text -> form.matcher(text).find())
                .findFirst()
                .orElseThrow();
    }

    private HttpResponse<String> post(ModelId id, ObjectNode input) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create(simulator.address() + "/api/v3/" + id))
                        .header("Authorization", "Bearer key")
                        .POST(BodyPublishers.ofString(input.toString()))
                        .build(),
                BodyHandlers.ofString());
    }
}
