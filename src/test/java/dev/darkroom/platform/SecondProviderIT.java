package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.darkroom.local.functions.Artifact;
import dev.darkroom.provider.EaselPieces;
import dev.darkroom.provider.easel.EaselFactory;
import dev.darkroom.provider.easel.EaselServer;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The deployed artifact with the pieces of a made-up provider on its class path: the functions serve both providers. A
 * native executable loads no classes, so this runs on the JVM only.
 */
class SecondProviderIT {

    private static final String SKETCH = "/api/v3/easel/sketch";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    private static @Nullable EaselServer easelServer;
    private static @Nullable RunningPlatform running;

    @BeforeAll
    static void start() throws IOException {
        var options = RunningPlatform.options();
        assumeThat(Artifact.isNative(options.artifact()))
                .as("the artifact is native")
                .isFalse();
        easelServer = new EaselServer();
        running = RunningPlatform.start(options
                // WaveSpeed sends webhooks and Easel does not: its rows are polled.
                .withWebhooks()
                .withTick(Duration.ofSeconds(1))
                .withClassPath(EaselPieces.jar(folder.resolve("easel.jar")))
                .withSystemProperties(
                        Map.of(EaselFactory.BASE_URL, easelServer.address().toString())));
        running.warmUp();
    }

    @AfterAll
    static void end() {
        if (running != null) {
            running.close();
        }
        if (easelServer != null) {
            easelServer.close();
        }
    }

    @AfterEach
    void behave() {
        easel().setOut(false);
        easel().setRefusing(false);
    }

    @Test
    void bothProvidersGenerateImages() {
        int orders = easel().orders();
        var sketches = Stream.generate(() -> sketched("a dog")).limit(5).toList();
        var images =
                Stream.generate(() -> gateway().submitted("a cat")).limit(5).toList();

        assertThat(sketches).allSatisfy(id -> {
            gateway().completed(id);
            assertThat(gateway().sources(id))
                    .allSatisfy(url -> assertThat(url).startsWith("https://easel.example/job-"));
        });
        assertThat(images)
                .allSatisfy(id -> assertThat(gateway().completed(id).getString("data.status"))
                        .isEqualTo("completed"));
        assertThat(easel().orders()).isEqualTo(orders + sketches.size());
    }

    @Test
    void whileOneIsOutTheOtherGenerates() {
        easel().setOut(true);
        var sketch = sketched("a dog");
        var image = gateway().submitted("a cat");

        assertThat(gateway().completed(image).getString("data.status")).isEqualTo("completed");
        assertThat(gateway().status(sketch)).isEqualTo("processing");

        easel().setOut(false);
        assertThat(gateway().completed(sketch).getString("data.status")).isEqualTo("completed");
    }

    @Test
    void whileOneRefusesItsRequestsWaitInItsOwnQueue() {
        easel().setRefusing(true);
        var sketch = sketched("a dog");
        var image = gateway().submitted("a cat");

        assertThat(gateway().completed(image).getString("data.status")).isEqualTo("completed");
        assertThat(gateway().status(sketch)).isEqualTo("created");

        easel().setRefusing(false);
        assertThat(gateway().completed(sketch).getString("data.status")).isEqualTo("completed");
    }

    @Test
    void aLostAnswerIsNotPaidForAgain() {
        int orders = easel().orders();

        var sketch = sketched("a dog [lost]");
        gateway().platform().tick();
        var image = gateway().submitted("a cat");
        gateway().completed(image);

        assertThat(gateway().status(sketch)).isEqualTo("processing");
        assertThat(easel().orders()).isEqualTo(orders + 1);
    }

    @Test
    void aProviderWithoutWebhooksHasNoWebhookRoute() {
        var sketch = sketched("a dog");

        gateway()
                .request()
                .contentType(ContentType.URLENC)
                .body("state=done")
                .post(gateway().url("/webhooks/easel/" + sketch))
                .then()
                .statusCode(404);
    }

    private static String sketched(String prompt) {
        return order(prompt).then().statusCode(200).extract().path("data.id");
    }

    private static Response order(String prompt) {
        return gateway()
                .request()
                .contentType(ContentType.JSON)
                .body("{\"prompt\": \"%s\"}".formatted(prompt))
                .post(gateway().url(SKETCH));
    }

    private static RunningPlatform gateway() {
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return running;
    }

    private static EaselServer easel() {
        if (easelServer == null) {
            throw new IllegalStateException("not started");
        }
        return easelServer;
    }
}
