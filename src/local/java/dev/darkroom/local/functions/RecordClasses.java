package dev.darkroom.local.functions;

import dev.darkroom.core.account.Owner;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import dev.darkroom.local.ShutdownCleanup;
import dev.darkroom.local.TemporaryFolder;
import dev.darkroom.local.bucket.S3Proxy;
import dev.darkroom.local.table.DynamoDbLocal;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Step of the build: writes the {@link AotCache}s of {@code target/function.zip}, DynamoDB Local and S3Proxy. */
public final class RecordClasses {

    /** This function loads most classes that any function needs: for the table, the provider, Lambda and JSON. */
    private static final String FUNCTION = "submit-generation";

    private static final Duration TIMEOUT = Duration.ofMinutes(3);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private RecordClasses() {}

    public static void main(String[] arguments) throws Exception {
        var project = Path.of("").toAbsolutePath();
        Runtime.getRuntime().addShutdownHook(new Thread(ShutdownCleanup::remove));
        try (var folder = TemporaryFolder.create()) {
            recordDynamoDbLocal(project, folder.path());
            recordS3Proxy(project, folder.path());
            recordFunction(PlatformOptions.of(project).withImageTime(Duration.ZERO), folder.path());
        }
    }

    private static void recordDynamoDbLocal(Path project, Path folder) throws Exception {
        var cache = AotCache.ofDynamoDbLocal(project).file();
        Files.deleteIfExists(cache);
        try (var table = DynamoDbLocal.start(project, List.of(recorded(folder)))) {
            table.createTable(project, Platform.TABLE);
            end(table.process(), folder, cache);
        }
    }

    private static void recordS3Proxy(Path project, Path folder) throws Exception {
        var cache = AotCache.ofS3Proxy(project).file();
        Files.deleteIfExists(cache);
        try (var bucket = S3Proxy.launch(project, Platform.BUCKET, List.of(recorded(folder)));
                var client = HttpClient.newHttpClient()) {
            bucket.awaitListening();
            // Refused, because it is not signed, but most classes are loaded by then.
            client.send(HttpRequest.newBuilder(bucket.address()).build(), BodyHandlers.discarding());
            end(bucket.process(), folder, cache);
        }
    }

    /** Sends two requests to a new platform. A native zip has no classes to record. */
    private static void recordFunction(PlatformOptions options, Path folder) throws Exception {
        var cache = AotCache.ofZip(options.artifact()).file();
        Files.deleteIfExists(cache);
        if (Artifact.isNative(options.artifact())) {
            return;
        }
        try (var platform = Platform.start(options.withEnvironment(Map.of("JAVA_TOOL_OPTIONS", recorded(folder))))) {
            var key = platform.createKey(new Owner("build")).value();
            // Starting takes so long that the first request is queued. Only the second is sent to the provider by this
            // function.
            for (int request = 1; request <= 2; request++) {
                submit(platform.address(), key);
                awaitPosts(platform, request);
            }
            end(ProcessHandle.of(platform.processes(FUNCTION).getFirst()).orElseThrow(), folder, cache);
        }
    }

    /** The option with which a JVM writes a cache on SIGTERM, named for its process id. */
    private static String recorded(Path folder) {
        return "-XX:AOTCacheOutput=%s/%%p.aot".formatted(folder);
    }

    private static void end(ProcessHandle process, Path folder, Path cache) throws Exception {
        process.destroy();
        process.onExit().get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        Files.copy(folder.resolve("pid%s.aot".formatted(process.pid())), cache);
    }

    private static void submit(URI gateway, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/wavespeed-ai/imagen4"))
                .header("Authorization", "Bearer " + key)
                .timeout(TIMEOUT)
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
        long giveUp = System.nanoTime() + TIMEOUT.toNanos();
        while (platform.simulator().posts() < count) {
            if (System.nanoTime() > giveUp) {
                throw new TimeoutException("request %s has not come to the provider".formatted(count));
            }
            Thread.sleep(POLL_INTERVAL);
        }
    }
}
