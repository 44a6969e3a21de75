package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.path.json.JsonPath;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.jar.JarInputStream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** The platform uses no fixed ports, leaves no process behind, and is not in the artifact. */
class LocalPlatformIT {

    @Test
    void twoPlatformsRunSideBySideAndLeaveNoProcessBehind() {
        var before = new HashSet<>(ProcessHandle.current().descendants().toList());

        try (var one = RunningPlatform.start(RunningPlatform.options());
                var other = RunningPlatform.start(RunningPlatform.options())) {
            var id = one.submitted("a cat");
            assertThat(other.submitted("a dog")).isNotEqualTo(id);
            assertThat(one.completed(id).getString("data.status")).isEqualTo("completed");
            assertThat(one.rows()).hasSize(1);
        }

        await().untilAsserted(
                        () -> assertThat(ProcessHandle.current().descendants()).isSubsetOf(before));
    }

    @Test
    void nothingRunsWhileNothingIsPending() {
        try (var gateway = RunningPlatform.start(RunningPlatform.options())) {
            var id = gateway.submitted("a cat");
            gateway.completed(id);

            await().untilAsserted(() -> assertThat(gateway.platform().isBusy()).isFalse());
        }
    }

    /** Some clients append their path to a base URL that ends with a slash. */
    @Test
    void aBaseUrlThatEndsWithASlashWorks() throws IOException, InterruptedException {
        try (var gateway = RunningPlatform.start(RunningPlatform.options());
                var client = HttpClient.newHttpClient()) {
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
            // On a slow machine the start of a process uses up the request's time, and the queue submits it later.
            assertThat(gateway.completed(id).getString("data.status")).isEqualTo("completed");
            assertThat(gateway.rows()).hasSize(1);
            assertThat(gateway.platform().simulator().posts()).isEqualTo(1);
        }
    }

    @Test
    void newSettingsStartNewProcesses() {
        var options = RunningPlatform.options();
        try (var gateway = RunningPlatform.start(options)) {
            gateway.warmUp();
            var old = gateway.platform().processes("submit-generation");

            gateway.platform()
                    .reconfigure(
                            options.withEnvironment(Map.of("DARKROOM_WAVESPEED_BASE_URL", "https://nowhere.invalid")))
                    .join();

            assertThat(gateway.status(gateway.submitted("a cat"))).isEqualTo("created");
            assertThat(gateway.platform().simulator().posts()).isZero();
            assertThat(gateway.platform().processes("submit-generation")).doesNotContainAnyElementsOf(old);
        }
    }

    @Test
    void theArtifactHasNoClassOfTheLocalPlatform() throws IOException {
        var names = namesInTheArtifact();

        assertThat(names).noneMatch(name -> name.contains("dev/darkroom/local") || name.contains("dev/darkroom/bench"));
        // The check reads deeply enough: it finds the handlers, or the single file of a native artifact.
        assertThat(names)
                .anyMatch(name -> name.endsWith("dev/darkroom/http/wavespeed/SubmitGenerationHandler.class")
                        || name.equals("bootstrap"));
    }

    /** The names of the files in the zip and in its jars. */
    private static List<String> namesInTheArtifact() throws IOException {
        var names = new ArrayList<String>();
        try (var zip = new ZipFile(
                RunningPlatform.PROJECT.resolve("target/function.zip").toFile())) {
            for (var entry : Collections.list(zip.entries())) {
                names.add(entry.getName());
                if (entry.getName().endsWith(".jar")) {
                    try (var jar = new JarInputStream(zip.getInputStream(entry))) {
                        for (var file = jar.getNextJarEntry(); file != null; file = jar.getNextJarEntry()) {
                            names.add(file.getName());
                        }
                    }
                }
            }
        }
        return names;
    }
}
