package dev.darkroom.bench;

import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/**
 * Measures how long after the provider has an image a reader sees it completed, and how soon after that no function is
 * busy. It requests one image after the other, each at a quiet time.
 */
final class VisibilityBenchmark {

    private static final Duration IMAGE_TIME = Duration.ofSeconds(3);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    private final int images;
    private final Samples visible = new Samples();
    private final Samples idle = new Samples();

    VisibilityBenchmark(int images) {
        this.images = images;
    }

    /** One image: how late it was seen, and how long the functions stayed busy after that. */
    private record Sample(Duration visible, Duration idle) {}

    void run(Report report, PlatformOptions options, String artifact) throws IOException, InterruptedException {
        int uncounted = images > 1 ? 1 : 0;
        report.section("visibility", """
            %d images on the local platform (%s), asked for one after the other at quiet times, drawn for %d s each, and read every
            %d ms, after %d that do not count.""".formatted(
                        images, artifact, IMAGE_TIME.toSeconds(), POLL_INTERVAL.toMillis(), uncounted));
        try (var platform = Platform.start(options.withImageTime(IMAGE_TIME));
                var client = GatewayClient.of(platform)) {
            for (int i = -uncounted; i < images; i++) {
                var sample = image(client, platform, "benchmark " + i);
                if (i >= 0) {
                    visible.addMillis(sample.visible().toNanos());
                    idle.addMillis(sample.idle().toNanos());
                }
            }
        }
        report.row("completed is seen, after the provider has it", "ms", visible);
        report.row("no function is busy, after that", "ms", idle);
        report.atMost("completed is seen, p95, ms", OptionalDouble.of(visible.percentile(95)), 1_500);
    }

    private static Sample image(GatewayClient client, Platform platform, String prompt)
            throws IOException, InterruptedException {
        var submitted = client.submit(prompt);
        var data = submitted;
        var giveUp = Instant.now().plus(GIVE_UP);
        while (!data.path("status").asText().equals("completed")) {
            if (Instant.now().isAfter(giveUp)) {
                throw new IllegalStateException("%s is still %s".formatted(prompt, data.path("status")));
            }
            Thread.sleep(POLL_INTERVAL);
            data = client.result(submitted);
        }
        var seen = Instant.now();
        var source = client.withSources(submitted).path("source_urls").path(0).asText();
        var prediction = URI.create(source).getPath().split("/", -1)[2];
        client.awaitQuiet(POLL_INTERVAL);
        return new Sample(
                Duration.between(platform.simulator().readyAt(prediction), seen),
                Duration.between(seen, Instant.now()));
    }
}
