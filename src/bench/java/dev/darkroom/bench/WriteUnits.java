package dev.darkroom.bench;

import dev.darkroom.bench.CapacityProxy.Use;
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
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What a generation costs at the table: the units that DynamoDB Local says each request consumed. */
final class WriteUnits {

    private static final int GENERATIONS = 20;
    private static final Duration IMAGE_TIME = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);
    private static final Pattern ADDRESS = Pattern.compile("\"get\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Samples row = new Samples();
    private final Samples lease = new Samples();
    private final Samples refused = new Samples();
    private final Samples reads = new Samples();
    private final Samples clientRead = new Samples();

    void run(Report report, PlatformOptions platformOptions) throws IOException, InterruptedException {
        report.section("write units per generation", """
            %d generations on the local platform (native), one after the other, each from its POST until no function is busy, without the
            schedule; then one read by a client. Units of the table and its index, as DynamoDB Local counts them.""".formatted(GENERATIONS));
        try (var proxy = new CapacityProxy()) {
            var options = platformOptions
                    .withImageTime(IMAGE_TIME)
                    .withTick(Duration.ofHours(1))
                    .withTableThrough(proxy::before);
            try (var platform = Platform.start(options)) {
                platform.warmUp();
                var authorization =
                        "Bearer " + platform.createKey(new Owner("bench")).value();
                // So that the authorizer's read is remembered, and in nobody's account.
                send(HttpRequest.newBuilder(platform.address()), authorization);
                proxy.drain();
                for (int i = 0; i < GENERATIONS; i++) {
                    generation(platform, proxy, authorization);
                }
            }
        }
        report.row("write units, the row and its index entry", "WCU", row);
        report.row("write units, the sweep's lease", "WCU", lease);
        report.row("of them refused by their condition, 1 WCU each", "writes", refused);
        report.row("read units, the sweep's", "RCU", reads);
        report.row("read units, a client's read", "RCU", clientRead);
        report.atMost("write units of a generation's row", OptionalDouble.of(row.median()), 6);
        report.atMost("read units of a client's read", OptionalDouble.of(clientRead.median()), 1);
    }

    private void generation(Platform platform, CapacityProxy proxy, String authorization)
            throws IOException, InterruptedException {
        var submitted = send(
                HttpRequest.newBuilder(URI.create(platform.address() + "/api/v3/wavespeed-ai/imagen4"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString("{\"prompt\": \"a lighthouse at dawn\"}")),
                authorization);
        awaitQuiet(platform);
        var uses = proxy.drain();
        int refusals = uses.stream().mapToInt(use -> use.refused() ? 1 : 0).sum();
        row.add(units(uses, use -> use.isWrite() && !use.isOfLease()) + refusals);
        lease.add(units(uses, use -> use.isWrite() && use.isOfLease()));
        refused.add(refusals);
        reads.add(units(uses, use -> !use.isWrite()));
        var address = ADDRESS.matcher(submitted);
        if (!address.find()
                || !send(HttpRequest.newBuilder(URI.create(address.group(1))), authorization)
                        .contains("\"completed\"")) {
            throw new IllegalStateException("a generation was not completed: " + submitted);
        }
        clientRead.add(units(proxy.drain(), _ -> true));
    }

    private static double units(List<Use> uses, Predicate<Use> counted) {
        return uses.stream().filter(counted).mapToDouble(Use::units).sum();
    }

    private static void awaitQuiet(Platform platform) throws InterruptedException {
        var giveUp = System.nanoTime() + GIVE_UP.toNanos();
        while (platform.isBusy()) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException("the functions do not come to rest");
            }
            Thread.sleep(LOOK);
        }
    }

    private String send(HttpRequest.Builder request, String authorization) throws IOException, InterruptedException {
        return http.send(request.header("Authorization", authorization).build(), BodyHandlers.ofString())
                .body();
    }
}
