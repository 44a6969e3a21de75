package dev.darkroom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * How long after the provider has an image a reader sees it completed, with images asked for one after the other at
 * quiet times, and how soon after that no function is busy any more.
 */
public final class VisibilityBenchmark {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration IMAGE_TIME = Duration.ofSeconds(3);
    private static final Duration LOOK = Duration.ofMillis(20);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);
    private static final int DEFAULT_IMAGES = 100;

    private final HttpClient http = HttpClient.newHttpClient();
    private final Platform platform;

    private VisibilityBenchmark(Platform platform) {
        this.platform = platform;
    }

    /** One image: how late it was seen, and how long the functions stayed busy after that. */
    private record Sample(Duration visible, Duration idle) {}

    /** Reads {@code IMAGES} from the environment: how many, 100 by default. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        var text = System.getenv().getOrDefault("IMAGES", "");
        int images = text.isBlank() ? DEFAULT_IMAGES : Integer.parseInt(text);
        var options = PlatformOptions.of(Path.of("").toAbsolutePath()).withImageTime(IMAGE_TIME);
        try (var platform = Platform.start(options)) {
            platform.warmUp();
            var benchmark = new VisibilityBenchmark(platform);
            // The first one warms the path up and does not count.
            benchmark.image(0);
            var samples = new ArrayList<Sample>();
            for (int i = 1; i <= images; i++) {
                samples.add(benchmark.image(i));
            }
            print(samples);
        }
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
        var response = http.send(request.build(), BodyHandlers.ofString());
        return JSON.readTree(response.body()).required("data");
    }

    private URI uri(String path) {
        return URI.create(platform.address() + path);
    }

    private static void print(List<Sample> samples) {
        System.out.printf(
                Locale.ROOT,
                "%s %s, %d cores, Java %s; simulator at %d s per image, read every %d ms; %d images one after the other%n",
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                IMAGE_TIME.toSeconds(),
                LOOK.toMillis(),
                samples.size());
        System.out.println("ms                                  min  median     p95     max");
        row(
                "completed is seen, after it is so",
                samples.stream().map(Sample::visible).toList());
        row(
                "no function is busy, after that",
                samples.stream().map(Sample::idle).toList());
    }

    private static void row(String name, List<Duration> durations) {
        var sorted = new ArrayList<>(durations);
        Collections.sort(sorted);
        System.out.printf(
                Locale.ROOT,
                "%-33s %6d  %6d  %6d  %6d%n",
                name,
                sorted.getFirst().toMillis(),
                percentile(sorted, 50),
                percentile(sorted, 95),
                sorted.getLast().toMillis());
    }

    /** The nearest rank. */
    private static long percentile(List<Duration> sorted, int percent) {
        int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
        return sorted.get(Math.max(0, rank - 1)).toMillis();
    }
}
