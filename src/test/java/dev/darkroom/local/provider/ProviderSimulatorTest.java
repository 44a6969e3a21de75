package dev.darkroom.local.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.local.net.Http;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults of the provider simulator, as an HTTP client sees them. */
class ProviderSimulatorTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MODEL = "vendor/model";

    /** The time-out of a client that gives up an answer of one byte a second, and a missing answer. */
    private static final Duration IMPATIENT = Duration.ofMillis(1500);

    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ProviderSimulator simulator = new ProviderSimulator(Duration.ZERO, 1, WebhookSender.SECRET);

    @AfterEach
    void end() {
        simulator.close();
        client.shutdownNow();
    }

    @ParameterizedTest
    @CsvSource({
        "result-500, 500",
        "result-503, 503",
        "result-429, 429",
        "result-404, 404",
        "result-html-404, 404",
        "result-302, 302"
    })
    void aFaultIsMetOnceAndOneForGoodAlways(String fault, int status) throws Exception {
        var once = created("a cat [%s]".formatted(fault));
        var always = created("a cat [%s for good]".formatted(fault));

        var answers = List.of(
                result(once).statusCode(),
                result(once).statusCode(),
                result(always).statusCode(),
                result(always).statusCode(),
                result(always).statusCode());

        assertThat(answers).containsExactly(status, 200, status, status, status);
    }

    @Test
    void aPromptMayBeRefusedByTheModeration() throws Exception {
        var moderated = json(result(created("a cat [moderated]"))).path("data");
        var failed = json(result(created("a cat [fail]"))).path("data");

        assertThat(moderated.path("status").asText()).isEqualTo("failed");
        assertThat(moderated.path("code").asInt()).isEqualTo(1200);
        assertThat(moderated.path("error").asText()).contains("moderation");
        assertThat(failed.path("status").asText()).isEqualTo("failed");
        assertThat(failed.has("code")).isFalse();
        assertThat(simulator.billedImages()).isZero();
    }

    @Test
    void aPromptMaySayHowLongItsImageTakes() throws Exception {
        var before = Instant.now();

        var id = created("a cat [60 s]");

        assertThat(simulator.readyAt(id))
                .isBetween(before.plusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(json(result(id)).at("/data/status").asText()).isEqualTo("processing");
    }

    @Test
    void aServerBeforeItServesTheImagesAndLeavesTheRest() throws Exception {
        var front = Http.serve(0, simulator.imagesBefore(exchange -> Http.answerJson(exchange, 418, "{}")));
        try {
            simulator.publishImagesAt(Http.address(front).toString());
            var id = created("a cat");

            var address = json(result(id)).at("/data/outputs/0").asText();

            assertThat(address).isEqualTo(Http.address(front) + "/images/" + id + "/0.png");
            var png = client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofByteArray());
            assertThat(ImageIO.read(new ByteArrayInputStream(png.body())).getWidth())
                    .isEqualTo(1024);
            assertThat(status(Http.address(front) + "/images/" + id + "/x.png")).isEqualTo(418);
            assertThat(status(Http.address(front) + "/images/" + "0".repeat(32) + "/0.png"))
                    .isEqualTo(404);
        } finally {
            front.stop(0);
        }
    }

    private int status(String address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void anArabicLocaleChangesNoAddress() throws Exception {
        var locale = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-SA-u-nu-arab"));
        try {
            var output = json(result(created("a cat"))).at("/data/outputs/0").asText();

            assertThat(output).matches("http://localhost:[0-9]+/images/[0-9a-f]{32}/0\\.png");
        } finally {
            Locale.setDefault(locale);
        }
    }

    @Test
    void onlyThe404OfTheProviderHasItsMessage() throws Exception {
        assertThat(json(result(created("[result-404]"))).path("message").asText())
                .isEqualTo("task not found");
        assertThat(result(created("[result-html-404]")).body()).startsWith("<html>");
    }

    @ParameterizedTest
    @CsvSource({"429, 429", "500, 500"})
    void aSubmissionThatIsRefusedForGoodNeverCreatesAnything(String fault, int status) throws Exception {
        var prompt = "a cat [%s for good]".formatted(fault);

        assertThat(submit(prompt).statusCode()).isEqualTo(status);
        assertThat(submit(prompt).statusCode()).isEqualTo(status);
        assertThat(simulator.predictions()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accept-then-504",
                "accept-then-302",
                "accept-then-gzip",
                "accept-then-wrong-type",
                "accept-then-9k-headers",
                "malformed"
            })
    void thePredictionExistsWhateverHappensToTheAnswer(String fault) throws Exception {
        submit("a cat [%s]".formatted(fault));

        assertThat(simulator.predictions()).hasSize(1);
    }

    @Test
    void aBodyMayBeCompressed() throws Exception {
        var id = created("[result-gzip]");

        var answer = client.send(request(path(id)).build(), BodyHandlers.ofByteArray());

        assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
        try (var body = new GZIPInputStream(new ByteArrayInputStream(answer.body()))) {
            assertThat(JSON.readTree(body).at("/data/id").asText()).isEqualTo(id);
        }
    }

    @ParameterizedTest
    @CsvSource({"result-9k-headers, 9000", "result-70k-headers, 70000"})
    void headersMayBeLong(String fault, int length) throws Exception {
        var answer = result(created("[%s for good]".formatted(fault)));

        assertThat(answer.headers().map().values().stream()
                        .flatMap(List::stream)
                        .mapToInt(String::length)
                        .sum())
                .isGreaterThan(length);
        assertThat(json(answer).at("/data/status").asText()).isEqualTo("completed");
    }

    @Test
    void anAnswerMayNeverComeOrByteByByte() throws Exception {
        for (var fault : List.of("result-hang", "result-drip-headers")) {
            var request = request(path(created("[%s for good]".formatted(fault))));
            assertThatThrownBy(() -> client.send(request.timeout(IMPATIENT).build(), BodyHandlers.ofString()))
                    .as(fault)
                    .isInstanceOf(HttpTimeoutException.class);
        }
    }

    @Test
    void aBodyMayComeByteByByteAfterItsHeaders() throws Exception {
        var request = request(path(created("[result-drip for good]")));

        var answer = client.send(request.timeout(PATIENT).build(), BodyHandlers.ofInputStream());

        assertThat(answer.statusCode()).isEqualTo(200);
        try (var body = answer.body()) {
            assertThat(body.read()).isEqualTo('{');
            assertThat(body.available()).isLessThan(10);
        }
    }

    /** No other call uses the slowed connection. */
    @Test
    void onlyTheAnswerItselfIsSlow() throws Exception {
        var slow = request(path(created("[result-drip-headers for good]"))).timeout(IMPATIENT);
        assertThatThrownBy(() -> client.send(slow.build(), BodyHandlers.ofString()))
                .isInstanceOf(HttpTimeoutException.class);

        assertThat(result(created("a cat")).statusCode()).isEqualTo(200);
    }

    @Test
    void aResultMayBeAnotherPredictions() throws Exception {
        var id = created("[result-other-id for good]");

        var data = json(result(id)).path("data");

        assertThat(data.path("status").asText()).isEqualTo("completed");
        assertThat(data.path("id").asText()).isNotEqualTo(id);
        assertThat(data.path("outputs").path(0).asText()).doesNotContain(id);
    }

    @Test
    void outputsMayBeMissingOnceOrForGood() throws Exception {
        var once = created("[no-outputs]");
        var always = created("[no-outputs for good]");

        assertThat(json(result(once)).at("/data/status").asText()).isEqualTo("completed");
        assertThat(json(result(once)).at("/data/outputs")).hasSize(1);
        assertThat(json(result(always)).at("/data/outputs")).isEmpty();
        assertThat(json(result(always)).at("/data/outputs")).isEmpty();
    }

    @Test
    void outputsMayBeATextOrObjects() throws Exception {
        var text = json(result(created("[outputs-text for good]"))).at("/data/outputs");
        var objects = json(result(created("[outputs-objects for good]"))).at("/data/outputs");

        assertThat(text.asText()).endsWith("/0.png");
        assertThat(objects.path(0).path("url").asText()).endsWith("/0.png");
    }

    @Test
    void anOutputMayBeTheImageItselfInADataUri() throws Exception {
        var output = json(result(created("[outputs-data-uri for good]")))
                .at("/data/outputs/0")
                .asText();

        assertThat(output).startsWith("data:image/png;base64,");
        assertThat(output.length()).isBetween(600_000, 2_000_000);
        var image = Base64.getDecoder().decode(output.substring(output.indexOf(',') + 1));
        assertThat(ImageIO.read(new ByteArrayInputStream(image)).getWidth()).isEqualTo(1024);
    }

    @Test
    void aModelOfItsOwnMayBeRefused() throws Exception {
        misbehave("{\"429\": {\"vendor/other\": 1}}");

        assertThat(submit("a cat").statusCode()).isEqualTo(200);
        assertThat(submit("vendor/other", "a cat").statusCode()).isEqualTo(429);
    }

    @Test
    void chanceMayDecideForGood() throws Exception {
        misbehave("{\"result-500 for good\": 0.5}");
        var ids = new HashSet<String>();
        for (int i = 0; i < 20; i++) {
            ids.add(created("a cat"));
        }

        var bad = new HashSet<String>();
        for (var id : ids) {
            int first = result(id).statusCode();
            assertThat(result(id).statusCode()).isEqualTo(first);
            if (first == 500) {
                bad.add(id);
            }
        }

        assertThat(bad).hasSizeBetween(1, 19);
        misbehave("{}");
        assertThat(result(bad.iterator().next()).statusCode()).isEqualTo(200);
    }

    @Test
    void anEmptyHistoryMayBeNull() throws Exception {
        misbehave("{\"history-null-items\": 1}");
        assertThat(history(1, 100).at("/data/items").isNull()).isTrue();

        created("a cat");

        assertThat(history(1, 100).at("/data/items")).hasSize(1);
        assertThat(history(2, 100).at("/data/items").isNull()).isTrue();
    }

    @Test
    void pagesMayBeShorterThanAskedFor() throws Exception {
        for (int i = 0; i < 12; i++) {
            created("a cat");
        }
        misbehave("{\"history-short-pages\": 1}");

        assertThat(history(1, 100).at("/data/items")).hasSize(10);
        assertThat(history(2, 100).at("/data/items")).hasSize(2);
        assertThat(history(3, 100).at("/data/items")).isEmpty();
    }

    @Test
    void anErrorInProbabilitiesIsNamed() throws Exception {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(simulator.address() + "/simulator/faults"))
                        .PUT(BodyPublishers.ofString("{\"history-500 for good\": 1}"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer).path("message").asText())
                .isEqualTo("history-500 cannot be for good, because it concerns no single prompt: set it to 1");
    }

    private void misbehave(String faults) throws Exception {
        var answer = client.send(
                HttpRequest.newBuilder(URI.create(simulator.address() + "/simulator/faults"))
                        .PUT(BodyPublishers.ofString(faults))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> submit(String prompt) throws IOException, InterruptedException {
        return submit(MODEL, prompt);
    }

    private HttpResponse<String> submit(String model, String prompt) throws IOException, InterruptedException {
        var body = JSON.createObjectNode().put("prompt", prompt).toString();
        return client.send(
                request("/api/v3/" + model).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    }

    private String created(String prompt) throws IOException, InterruptedException {
        return json(submit(prompt)).at("/data/id").asText();
    }

    private HttpResponse<String> result(String id) throws IOException, InterruptedException {
        return client.send(request(path(id)).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String path(String id) {
        return "/api/v3/predictions/%s/result".formatted(id);
    }

    private JsonNode history(int page, int size) throws IOException, InterruptedException {
        var filter = JSON.createObjectNode().put("page", page).put("page_size", size);
        return json(client.send(
                request("/api/v3/predictions")
                        .POST(BodyPublishers.ofString(filter.toString()))
                        .build(),
                BodyHandlers.ofString()));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(simulator.address() + path))
                .header("Authorization", "Bearer key")
                .timeout(PATIENT);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return JSON.readTree(answer.body());
    }
}
