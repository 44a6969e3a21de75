package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.local.functions.Artifact;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Callers that wait for their images. Each of them has a process of the function to itself, as on Lambda. */
class WaitIT {

    private static final Duration IMAGE_TIME = Duration.ofSeconds(4);
    private static final int WAIT = 25;

    private static int callers;

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    /** A process takes 50 MB of memory if it is native, and four times as much and seconds of CPU time on the JVM. */
    @BeforeAll
    static void start() throws IOException {
        var options = RunningPlatform.options();
        callers = Artifact.isNative(options.artifact()) ? 200 : 8;
        gateway = RunningPlatform.start(options.withImageTime(IMAGE_TIME)
                .withProcesses(callers)
                // Each submission starts a sweep, and one at a time does the work.
                .withParameters(Map.of("functionUrl", "true", "pollConcurrency", "2")));
        gateway.warmUp();
        gateway.platform().warmUp("submit-generation", callers);
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    /** Sweeps go on meanwhile: they find the images for which the callers wait. */
    @Test
    void allWhoWaitAtOnceAreAnsweredInTime() throws Exception {
        int before = gateway.platform().simulator().posts();
        var ids = new HashSet<String>();

        try (var executor = Executors.newFixedThreadPool(callers)) {
            var answers = new ArrayList<Callable<Response>>();
            IntStream.range(0, callers)
                    .forEach(i -> answers.add(() -> waiting(
                            WAIT, "{\"prompt\": \"cat %d\"}".formatted(i), gateway.url(RunningPlatform.MODEL))));
            for (var answer : executor.invokeAll(answers)) {
                var response = answer.get();
                assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
                assertThat(response.<String>path("data.status")).isEqualTo("completed");
                assertThat(response.header("preference-applied")).isEqualTo("wait=" + WAIT);
                assertThat(response.time()).isBetween(IMAGE_TIME.toMillis(), (WAIT + 2) * 1_000L);
                ids.add(response.path("data.id"));
            }
        }

        assertThat(ids).hasSize(callers);
        assertThat(gateway.platform().simulator().posts() - before).isEqualTo(callers);
    }

    @Test
    void aWaitThatIsTooShortEndsInTimeAndTheGenerationGoesOn() {
        var answer =
                waiting(1, "{\"prompt\": \"a cat\", \"enable_sync_mode\": true}", gateway.url(RunningPlatform.MODEL));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.<Integer>path("data.code")).isEqualTo(5004);
        assertThat(answer.<String>path("data.status")).isEqualTo("processing");
        assertThat(gateway.completed(answer.path("data.id")).getString("data.status"))
                .isEqualTo("completed");
    }

    @Test
    void theFunctionsOwnUrlAllowsALongerWait() {
        var url = gateway.platform().functionUrl().orElseThrow();

        var answer = waiting(300, "{\"prompt\": \"a cat\"}", url + RunningPlatform.MODEL);
        var nothing = gateway.request().get(url + "/images/1/2/3.png");

        assertThat(answer.<String>path("data.status")).isEqualTo("completed");
        assertThat(answer.header("preference-applied")).isEqualTo("wait=290");
        assertThat(nothing.statusCode()).isEqualTo(404);
        assertThat(nothing.<String>path("message")).contains("this address takes submissions");
    }

    private static Response waiting(int seconds, String body, String url) {
        return gateway.request()
                .contentType(ContentType.JSON)
                .header("Prefer", "wait=" + seconds)
                .body(body)
                .post(url);
    }
}
