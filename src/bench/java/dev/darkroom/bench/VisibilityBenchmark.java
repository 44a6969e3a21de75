package dev.darkroom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.domain.Owner;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * How long after the provider has an image a reader sees it completed, with images asked for one after the other at
 * quiet times, and how soon after that no function is busy any more.
 */
final class VisibilityBenchmark {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration IMAGE_TIME = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Platform platform;
    private final String authorization;

    private VisibilityBenchmark(Platform platform) {
        this.platform = platform;
        this.authorization = "Bearer " + platform.createKey(new Owner("bench")).value();
    }

    /** One image: how late it was seen, and how long the functions stayed busy after that. */
    private record Sample(Duration visible, Duration idle) {}

    static void run(Report report, PlatformOptions options, int images) throws IOException, InterruptedException {
        report.section("visibility", """
            %d images on the local platform (native), asked for one after the other at quiet times, drawn for %d s each, and read every
            %d ms.""".formatted(images, IMAGE_TIME.toSeconds(), LOOK.toMillis()));
        var visible = new Samples();
        var idle = new Samples();
        try (var platform = Platform.start(options.withImageTime(IMAGE_TIME))) {
            platform.warmUp();
            var benchmark = new VisibilityBenchmark(platform);
            // The first one warms the path up and does not count.
            benchmark.image(0);
            for (int i = 1; i <= images; i++) {
                var sample = benchmark.image(i);
                visible.addMillis(sample.visible().toNanos());
                idle.addMillis(sample.idle().toNanos());
            }
        }
        report.row("completed is seen, after the provider has it", "ms", visible);
        report.row("no function is busy, after that", "ms", idle);
        report.atMost("completed is seen, p95, ms", OptionalDouble.of(visible.percentile(95)), 2_500);
    }

    private Sample image(int number) throws IOException, InterruptedException {
        var submitted = data(HttpRequest.newBuilder(uri("/api/v3/wavespeed-ai/imagen4"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"prompt\": \"benchmark %d\"}".formatted(number))));
        var result = HttpRequest.newBuilder(
                URI.create(submitted.path("urls").path("get").textValue()));
        var data = submitted;
        var giveUp = Instant.now().plus(GIVE_UP);
        while (!data.path("status").textValue().equals("completed")) {
            if (Instant.now().isAfter(giveUp)) {
                throw new IllegalStateException("image %d is still %s".formatted(number, data.path("status")));
            }
            Thread.sleep(LOOK);
            data = data(result);
        }
        var seen = Instant.now();
        var prediction =
                URI.create(data.path("outputs").path(0).textValue()).getPath().split("/", -1)[2];
        while (platform.isBusy()) {
            Thread.sleep(LOOK);
        }
        return new Sample(
                Duration.between(platform.simulator().readyAt(prediction), seen),
                Duration.between(seen, Instant.now()));
    }

    private JsonNode data(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response =
                http.send(request.setHeader("Authorization", authorization).build(), BodyHandlers.ofString());
        return JSON.readTree(response.body()).required("data");
    }

    private URI uri(String path) {
        return URI.create(platform.address() + path);
    }
}
