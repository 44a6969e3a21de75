package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A request completes with its image on the artifact that is deployed. */
class GenerateImageIT {

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        gateway = RunningPlatform.start(RunningPlatform.options());
        gateway.warmUp();
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
