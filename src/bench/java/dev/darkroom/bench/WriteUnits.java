package dev.darkroom.bench;

import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.bench.stub.CapacityProxy;
import dev.darkroom.bench.stub.CapacityProxy.Use;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;

/** What a generation costs at the table: the units that DynamoDB Local says each request consumed. */
final class WriteUnits {

    private static final Duration IMAGE_TIME = Duration.ofSeconds(1);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(50);

    private final int generations;
    private final Samples row = new Samples();
    private final Samples image = new Samples();
    private final Samples lease = new Samples();
    private final Samples refused = new Samples();
    private final Samples reads = new Samples();
    private final Samples clientRead = new Samples();
    private final Samples keyReads = new Samples();

    WriteUnits(int generations) {
        this.generations = generations;
    }

    void run(Report report, PlatformOptions platformOptions, String artifact) throws IOException, InterruptedException {
        report.section("write units per generation", """
            %d generations of one image on the local platform (%s), one after the other, each from its POST until its image is
            copied and no function is busy, without the schedule; then one read by a client. Units of the table and its indexes, as DynamoDB Local counts them.""".formatted(generations, artifact));
        try (var proxy = new CapacityProxy()) {
            var options = platformOptions
                    .withImageTime(IMAGE_TIME)
                    .withTick(Duration.ofHours(1))
                    .withTableThrough(proxy::before);
            try (var platform = Platform.start(options);
                    var client = GatewayClient.of(platform)) {
                proxy.drain();
                for (int i = 0; i < generations; i++) {
                    generation(client, proxy);
                }
            }
        }
        report.row("write units, the row and its index entry", "WCU", row);
        report.row("write units, the item of the image's content", "WCU", image);
        report.row("write units, the sweep's lease", "WCU", lease);
        report.row("of them refused by their condition, 1 WCU each", "writes", refused);
        report.row("read units, the sweep's", "RCU", reads);
        report.row("read units, a client's read", "RCU", clientRead);
        report.row("read units, the API key of both requests", "RCU", keyReads);
        report.atMost(
                "write units of a generation with its image", OptionalDouble.of(row.median() + image.median()), 10);
        report.atMost("read units of a client's read", OptionalDouble.of(clientRead.median()), 1);
    }

    private void generation(GatewayClient client, CapacityProxy proxy) throws IOException, InterruptedException {
        var submitted = client.submit("a lighthouse at dawn");
        client.awaitQuiet(POLL_INTERVAL);
        proxy.requireNoFailure();
        var uses = proxy.drain();
        int refusals = uses.stream().mapToInt(use -> use.refused() ? 1 : 0).sum();
        row.add(units(uses, use -> use.isWrite() && !use.isOfLease() && !use.isOfContent()) + refusals);
        image.add(units(uses, use -> use.isWrite() && use.isOfContent()));
        lease.add(units(uses, use -> use.isWrite() && use.isOfLease()));
        refused.add(refusals);
        reads.add(units(uses, use -> !use.isWrite() && !use.isOfApiKey()));
        var result = client.result(submitted);
        if (!result.path("status").asText().equals("completed")) {
            throw new IllegalStateException("a generation was not completed: " + result);
        }
        if (!result.at("/images/0/state").asText().equals("kept")) {
            throw new IllegalStateException("an image was not copied: " + result);
        }
        var ofRead = proxy.drain();
        clientRead.add(units(ofRead, use -> !use.isOfApiKey()));
        keyReads.add(units(uses, Use::isOfApiKey) + units(ofRead, Use::isOfApiKey));
    }

    private static double units(List<Use> uses, Predicate<Use> counted) {
        return uses.stream().filter(counted).mapToDouble(Use::units).sum();
    }
}
