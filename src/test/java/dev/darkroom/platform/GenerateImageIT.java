package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.darkroom.core.image.ContentHash;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.httpclient.RawServer;
import dev.darkroom.httpclient.RawServer.Answer;
import dev.darkroom.local.bucket.S3IamProxy.Course;
import dev.darkroom.local.functions.Artifact;
import dev.darkroom.local.provider.WebhookSender;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request completes with its image on the artifact that is deployed. */
class GenerateImageIT {

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n";

    /** The first of the images that cannot be copied. */
    private static final Pattern DRIPPED = Pattern.compile("\"image\":\\s*\"?0\"?[,}]");

    /** A copy that fails is repeated after some seconds. */
    private static final Duration COPIED_WITHIN = Duration.ofSeconds(60);

    private final OpenedLinks links = new OpenedLinks();

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        // Webhooks are accepted but not requested: a test sends some itself.
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withEnvironment(Map.of("DARKROOM_WAVESPEED_WEBHOOK_SECRET", WebhookSender.SECRET)));
        gateway.warmUp();
    }

    @AfterEach
    void closeLinks() {
        gateway.platform().disturbBucket(_ -> Course.NORMAL);
        links.close();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    @Test
    void theRequestOfTheApiDocumentCompletesWithItsImage() throws IOException {
        var start = Instant.now();
        var submitted = gateway.post(ApiDocument.REQUEST)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        var id = submitted.getString("data.id");

        var rightAway = gateway.request().get(submitted.getString("data.urls.get"));
        var completed = gateway.completed(id);

        assertThat(rightAway.statusCode()).isEqualTo(200);
        assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(15));
        assertThat(completed.getInt("code")).isEqualTo(200);
        assertThat(completed.getString("message")).isEqualTo("success");
        assertThat(completed.getString("data.id")).isEqualTo(id);
        assertThat(completed.getString("data.model")).isEqualTo("wavespeed-ai/imagen4");
        assertThat(completed.getString("data.status")).isEqualTo("completed");
        assertThat(completed.getString("data.error")).isEmpty();
        assertThat(completed.getList("data.has_nsfw_contents")).isEqualTo(List.of(false));
        assertThat(completed.getInt("data.timings.inference")).isEqualTo(500);
        assertThat(Instant.parse(completed.getString("data.created_at")))
                .isCloseTo(start, within(Duration.ofSeconds(10)));
        var image = ImageIO.read(new ByteArrayInputStream(
                given().get(completed.getString("data.outputs[0]")).asByteArray()));
        assertThat(image.getWidth()).isEqualTo(image.getHeight()).isEqualTo(1024);
    }

    @ParameterizedTest
    @CsvSource({"1:1, 1, 1", "16:9, 16, 9", "9:16, 9, 16", "3:4, 3, 4", "4:3, 4, 3"})
    void everyShapeIsDrawn(String ratio, int across, int down) throws IOException {
        var id = gateway.post("{\"prompt\": \"a cat\", \"aspect_ratio\": \"%s\", \"num_images\": 4}".formatted(ratio))
                .path("data.id")
                .toString();

        var urls = gateway.completed(id).<String>getList("data.outputs");

        assertThat(urls).hasSize(4).doesNotHaveDuplicates();
        for (var url : urls) {
            var answer = given().get(url);
            assertThat(answer.contentType()).isEqualTo("image/png");
            var image = ImageIO.read(new ByteArrayInputStream(answer.asByteArray()));
            assertThat(image.getWidth() * down).isEqualTo(image.getHeight() * across);
        }
    }

    @Test
    void unsafeImagesAreMarkedOutputByOutput() {
        var id = gateway.post("{\"prompt\": \"[nsfw]\", \"num_images\": 3}")
                .path("data.id")
                .toString();

        assertThat(gateway.completed(id).getList("data.has_nsfw_contents")).isEqualTo(List.of(true, true, true));
    }

    @Test
    void aFailureOfTheProviderIsReadable() {
        var failed = gateway.completed(gateway.submitted("[fail]"));

        assertThat(failed.getString("data.status")).isEqualTo("failed");
        assertThat(failed.getString("data.error"))
                .isEqualTo("the provider could not generate the images: the simulator failed as requested");
        assertThat(failed.getString("data.error_code")).isEqualTo("generation_failed");
        assertThat(failed.getList("data.outputs")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json; charset=utf-8", "application/octet-stream", "text/plain"})
    void theContentTypeDoesNotMatter(String contentType) {
        gateway.request()
                .header("Content-Type", contentType)
                .body("{\"prompt\": \"猫\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .post(gateway.url(RunningPlatform.MODEL))
                .then()
                .statusCode(200);
    }

    @Test
    void promptsKeysAndAddressesAreNotLogged() {
        var id = gateway.submitted("a very private cat");
        gateway.completed(id);

        assertThat(gateway.log()).anySatisfy(line -> assertThat(line).contains(id));
        assertThat(gateway.log())
                .noneSatisfy(line -> assertThat(line)
                        .containsAnyOf("a very private cat", gateway.key().value(), "simulated", "/images/"));
    }

    @Test
    void nothingRunsWhileNothingIsPending() {
        gateway.completed(gateway.submitted("a cat"));

        await().untilAsserted(() -> assertThat(gateway.platform().isBusy()).isFalse());
    }

    /** Callers store one address, and what it leads to changes behind it. */
    @Test
    void aLinkWorksFromTheFirstMomentAndAfterTheProviderHasDeletedTheImage() {
        gateway.platform().disturbBucket(_ -> Course.HELD_BACK);
        var id = gateway.submitted("a cat to keep");
        String link = gateway.completed(id).get("data.outputs[0]");
        var simulator = gateway.platform().simulator();
        var prediction = gateway.prediction(id);
        var source = simulator.outputs(prediction).getFirst();

        assertThat(links.location(link)).isEqualTo(source);
        var drawn = links.download(source);

        gateway.platform().disturbBucket(_ -> Course.NORMAL);
        await().atMost(COPIED_WITHIN).until(() -> isInTheBucket(link));
        simulator.deleteImages(prediction);

        assertThat(given().get(source).statusCode()).isEqualTo(404);
        assertThat(links.download(link)).isEqualTo(drawn);
        assertThat(gateway.platform().bucketFolder().resolve("images/%s/0".formatted(id)))
                .hasBinaryContent(drawn);
        var image = gateway.result(id);
        assertThat(image.getString("data.outputs[0]")).isEqualTo(link);
        assertThat(image.getString("data.images[0].sha256"))
                .isEqualTo(ContentHash.of(new ImageBytes(drawn)).hex());
        assertThat(image.getInt("data.images[0].bytes")).isEqualTo(drawn.length);
        gateway.request()
                .get(gateway.url("/v1/images/by-hash/" + image.getString("data.images[0].sha256")))
                .then()
                .statusCode(200)
                .body("id", equalTo(id));
    }

    @Test
    void aTokenThatIsNotExactlyThatOfTheLinkOpensNothing() {
        String link = gateway.completed(gateway.submitted("a secret cat")).get("data.outputs[0]");
        String other = gateway.completed(gateway.submitted("another cat")).get("data.outputs[0]");
        var token = link.replaceFirst(".*/([0-9a-f]{32})/0.png$", "$1");
        var otherToken = other.replaceFirst(".*/([0-9a-f]{32})/0.png$", "$1");
        var unknown = links.answer(link.replaceFirst("/images/[0-9a-f]{32}/", "/images/%s/".formatted("0".repeat(32))));

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(List.of(
                        otherToken,
                        token.substring(1),
                        token + "0",
                        "0".repeat(32),
                        token.toUpperCase(Locale.ROOT).replace('0', 'A'),
                        "%25" + token.substring(1)))
                .allSatisfy(wrong -> {
                    var answer = links.answer(link.replace(token, wrong));
                    assertThat(answer.statusCode()).isEqualTo(404);
                    assertThat(answer.body()).isEqualTo(unknown.body());
                });
        assertThat(links.answer(link).statusCode()).isEqualTo(302);
    }

    /** Each costs its own copy the time limit at most, and a part of the room of copies. */
    @Test
    void addressesThatMisbehaveDelayNoOtherImage() throws IOException {
        try (var drip = RawServer.answering(Answer.andThenADrip(OK + "Content-Length: 100000\r\n\r\n", 'x'));
                var flood = RawServer.answering(Answer.andThenAFlood(OK + "\r\n", "x".repeat(65_536)));
                var large = RawServer.answering(Answer.andThenSilence(OK + "Content-Length: 34603008\r\n\r\n"));
                var noLength = RawServer.answering(Answer.of(OK + "\r\nan image"));
                var page = RawServer.answering(Answer.of(OK + "Content-Length: 13\r\n\r\n<html></html>"))) {
            var bad = ChosenOutputs.completed(
                    gateway,
                    "a cat [result-500 for good]",
                    Stream.of(drip, flood, large, noLength, page)
                            .map(server -> server.address() + "/image.png")
                            .toList());
            await().until(() -> drip.connections() > 0);

            String good = gateway.completed(gateway.submitted("a good cat")).get("data.outputs[0]");

            // The attempts at the drip take 5 s, and then 15 s each.
            await().atMost(Duration.ofSeconds(10)).until(() -> isInTheBucket(good));
            await().atMost(COPIED_WITHIN)
                    .untilAsserted(() -> assertThat(gateway.log().stream().filter(line -> line.contains(bad)))
                            .anyMatch(line ->
                                    line.contains("image-copy-failed") && line.contains("does not say how long it is"))
                            .anyMatch(line -> line.contains("image-copy-failed") && line.contains("is not an image"))
                            .anyMatch(line -> line.contains("image-copy-failed")
                                    && DRIPPED.matcher(line).find()));
            await().atMost(COPIED_WITHIN)
                    .untilAsserted(() -> assertThat(gateway.result(bad).<String>getList("data.images.state"))
                            .containsExactly("at_provider", "not_copied", "not_copied", "at_provider", "at_provider"));
            assertThat(peakMegabytes("poll-generations")).isLessThan(512);
            assertThat(peakMegabytes("poll-few-generations")).isLessThan(128);
            // Otherwise the copies would go on beside other tests.
            gateway.request()
                    .body("{\"ids\": [\"%s\"]}".formatted(bad))
                    .post(gateway.url("/api/v3/predictions/delete"))
                    .then()
                    .statusCode(200);
        }
    }

    /** Of the function's processes. The JVM on this machine has no limit, so it is not measured. */
    private static long peakMegabytes(String function) throws IOException {
        if (!Artifact.isNative(RunningPlatform.options().artifact())) {
            return 0;
        }
        long peak = 0;
        for (long process : gateway.platform().processes(function)) {
            var status = Files.readString(Path.of("/proc/%d/status".formatted(process)));
            peak = Math.max(peak, Long.parseLong(status.replaceFirst("(?s).*VmHWM:\\s+(\\d+) kB.*", "$1")) / 1024);
        }
        return peak;
    }

    private boolean isInTheBucket(String link) {
        return links.location(link)
                .startsWith(gateway.platform().bucketAddress().toString());
    }

    /** Some clients append their path to a base URL that ends with a slash. */
    @Test
    void aBaseUrlThatEndsWithASlashWorks() throws IOException, InterruptedException {
        int posts = gateway.platform().simulator().posts();
        int rows = gateway.rows().size();
        try (var client = HttpClient.newHttpClient()) {
            // REST Assured would merge the two slashes.
            var request = HttpRequest.newBuilder(URI.create(gateway.url("/" + RunningPlatform.MODEL)))
                    .header("Authorization", "Bearer " + gateway.key().value());
            var submitted = client.send(
                    request.POST(HttpRequest.BodyPublishers.ofString("{\"prompt\": \"a cat\"}"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(submitted.statusCode()).isEqualTo(200);
            var id = JsonPath.from(submitted.body()).getString("data.id");

            var read = client.send(
                    request.uri(URI.create(gateway.url("//api/v3/predictions/" + id + "/result")))
                            .GET()
                            .build(),
                    HttpResponse.BodyHandlers.ofString());

            assertThat(JsonPath.from(read.body()).getString("data.id")).isEqualTo(id);
            assertThat(JsonPath.from(read.body()).getString("data.urls.get"))
                    .isEqualTo(gateway.url("/api/v3/predictions/" + id + "/result"));
            // A busy machine may use up the request's time, and then the queue submits it.
            assertThat(gateway.completed(id).getString("data.status")).isEqualTo("completed");
            assertThat(gateway.rows()).hasSize(rows + 1);
            assertThat(gateway.platform().simulator().posts() - posts).isEqualTo(1);
        }
    }
}
