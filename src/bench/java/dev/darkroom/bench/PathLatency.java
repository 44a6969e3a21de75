package dev.darkroom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/**
 * Measures the whole path of a read: from the client's request at the front to the last byte of its answer. Every
 * function that has a part in it counts, and so does the check of the API key.
 */
final class PathLatency {

    private static final Duration QUIET = Duration.ofMillis(50);

    private final int starts;
    private final int requests;
    private final Samples cold = new Samples();
    private final Samples newKey = new Samples();
    private final Samples warm = new Samples();

    PathLatency(int starts, int requests) {
        this.starts = starts;
        this.requests = requests;
    }

    void run(Report report, PlatformOptions platformOptions, String artifact) throws IOException, InterruptedException {
        int uncounted = starts > 1 ? 1 : 0;
        report.section(
                "a read, from the front to the answer", """
            Reads of one generation on the local platform (%s), one after the other: %d with no process running, %d with processes
            that have never seen the API key, after %d of each that do not count; then %d with the same key.
            Table and front are on loopback, without TLS.""".formatted(artifact, starts, starts, uncounted, requests));
        var options = platformOptions.withImageTime(Duration.ZERO).withTick(Duration.ofHours(1));
        try (var platform = Platform.start(options);
                var client = GatewayClient.of(platform)) {
            var generation = client.submit("a lighthouse at dawn");
            for (int i = -uncounted; i < starts; i++) {
                client.awaitQuiet(QUIET);
                // Other settings end all processes; the next event starts a new one.
                platform.reconfigure(options.withEnvironment(Map.of("DARKROOM_METRICS_STAGE", "start" + i)))
                        .join();
                client.changeKey();
                read(client, generation, i < 0 ? new Samples() : cold);
                client.changeKey();
                read(client, generation, i < 0 ? new Samples() : newKey);
            }
            for (int i = 0; i < requests; i++) {
                read(client, generation, warm);
            }
        }
        report.row("no process is running", "ms", cold);
        report.row("the key is new to the processes", "ms", newKey);
        report.row("everything is known", "ms", warm);
    }

    private static void read(GatewayClient client, JsonNode generation, Samples samples)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        client.result(generation);
        samples.addMillis(System.nanoTime() - begin);
    }
}
