package dev.darkroom.local;

import dev.darkroom.domain.Owner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Writes the {@link AotCache} for processes of {@code target/function.zip}: a step of the build. */
public final class RecordClasses {

    /** It loads most of what any function does: for the table, the provider, Lambda and JSON. */
    private static final String FUNCTION = "submit-generation";

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration LOOK = Duration.ofMillis(50);

    private RecordClasses() {}

    /** Lets two requests through a platform of its own. A native zip has no classes to be recorded. */
    public static void main(String[] arguments) throws Exception {
        var options = PlatformOptions.of(Path.of("").toAbsolutePath()).withImageTime(Duration.ZERO);
        var cache = AotCache.of(options.artifact());
        Files.deleteIfExists(cache);
        if (Artifact.isNative(options.artifact())) {
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(Leftovers::remove));
        try (var folder = TemporaryFolder.create();
                var platform = Platform.start(options.withEnvironment(
                        Map.of("JAVA_TOOL_OPTIONS", AotCache.recordingOptions(folder.path()))))) {
            var key = platform.createKey(new Owner("build")).value();
            // The first start takes so long that the request is queued; the second is sent by the process that is
            // recorded.
            for (int request = 1; request <= 2; request++) {
                submit(platform.address(), key);
                awaitPosts(platform, request);
            }
            long pid = platform.processes(FUNCTION).getFirst();
            end(pid);
            Files.copy(AotCache.recordedBy(pid, folder.path()), cache, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void submit(URI gateway, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/wavespeed-ai/imagen4"))
                .header("Authorization", "Bearer " + key)
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString("{\"prompt\": \"a cat\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException("the request was answered " + response.statusCode() + ": " + response.body());
            }
        }
    }

    private static void awaitPosts(Platform platform, int count) throws InterruptedException, TimeoutException {
        long giveUp = System.nanoTime() + PATIENCE.toNanos();
        while (platform.simulator().posts() < count) {
            if (System.nanoTime() > giveUp) {
                throw new TimeoutException("request %d has not come to the provider".formatted(count));
            }
            Thread.sleep(LOOK);
        }
    }

    private static void end(long pid) throws InterruptedException, ExecutionException, TimeoutException {
        var process = ProcessHandle.of(pid).orElseThrow();
        process.destroy();
        process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
