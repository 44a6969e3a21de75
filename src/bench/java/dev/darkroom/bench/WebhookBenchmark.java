package dev.darkroom.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Measures how long after an image is visible its receiver is told: first alone, then beside receivers that are told at the
 * same time and answer, and then beside as many that are dead or hang.
 */
final class WebhookBenchmark {

    private static final Duration IMAGE_TIME = Duration.ofSeconds(1);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    /** So often some of the other receivers are told again, because the bad ones' own next attempts come after minutes. */
    private static final int IMAGES_OF_A_ROUND = 5;

    private static final int REDELIVERED = 100;

    private final BenchmarkPlan.Webhooks plan;
    private final Map<String, CompletableFuture<Long>> told = new ConcurrentHashMap<>();

    WebhookBenchmark(BenchmarkPlan.Webhooks plan) {
        this.plan = plan;
    }

    void run(Report report, PlatformOptions options, String artifact) throws IOException, InterruptedException {
        report.section("webhooks", """
            %d images on the local platform (%s), asked for one after the other, drawn for %d s each, and read every %d ms: alone,
            then beside %d other receivers that answer at once, then beside %d dead and %d hanging ones.""".formatted(
                        plan.images(),
                        artifact,
                        IMAGE_TIME.toSeconds(),
                        POLL_INTERVAL.toMillis(),
                        plan.dead() + plan.hanging(),
                        plan.dead(),
                        plan.hanging()));
        var receiver = Http.serve(0, this::receive);
        try (var platform = Platform.start(options.withImageTime(IMAGE_TIME));
                var others = new OtherReceivers(plan.dead(), plan.hanging());
                var client = GatewayClient.of(platform)) {
            told(client, Http.address(receiver), "warm-up", List.of(), new Samples());
            var alone = beside(client, Http.address(receiver), "alone", List.of());
            var besideGood = beside(client, Http.address(receiver), "beside-good", others.good());
            var besideBad = beside(client, Http.address(receiver), "beside-bad", others.bad());
            report.row("the receiver is told, alone", "ms", alone);
            report.row("the receiver is told, beside good ones", "ms", besideGood);
            report.row("the receiver is told, beside bad ones", "ms", besideBad);
            report.atMost("a receiver is told, p95, ms", OptionalDouble.of(alone.percentile(95)), 1_000);
            report.atMost("beside bad receivers, p95, times as long as alone", times(besideBad, alone), 1.5);
            report.atMost("beside bad receivers, p95, times as long as beside good", times(besideBad, besideGood), 1.5);
        } finally {
            receiver.stop(0);
        }
    }

    private static OptionalDouble times(Samples samples, Samples others) {
        return OptionalDouble.of(samples.percentile(95) / Math.max(1, others.percentile(95)));
    }

    private Samples beside(GatewayClient client, URI receiver, String name, List<URI> others)
            throws IOException, InterruptedException {
        var submitted = new ArrayList<JsonNode>();
        for (var other : others) {
            submitted.add(client.submitTelling(name, other));
        }
        var samples = new Samples();
        for (int i = 0; i < plan.images(); i++) {
            told(client, receiver, name + "-" + i, round(submitted, i), samples);
        }
        return samples;
    }

    /** The other receivers that are told again before this image: those that may hang, and some more. */
    private List<JsonNode> round(List<JsonNode> others, int image) {
        if (others.isEmpty() || image % IMAGES_OF_A_ROUND != 0) {
            return List.of();
        }
        var again = new ArrayList<>(others.subList(0, plan.hanging()));
        for (int i = 0; i < Math.min(REDELIVERED, plan.dead()); i++) {
            again.add(others.get(plan.hanging() + (image * REDELIVERED + i) % plan.dead()));
        }
        return again;
    }

    private void receive(HttpExchange exchange) throws IOException {
        long at = System.nanoTime();
        exchange.getRequestBody().readAllBytes();
        Http.answer(exchange, 204, Map.of(), new byte[0]);
        told(exchange.getRequestURI().getPath()).complete(at);
    }

    private CompletableFuture<Long> told(String path) {
        return told.computeIfAbsent(path, _ -> new CompletableFuture<>());
    }

    /** A receiver may be told before a reader that asks every few milliseconds has seen the image: that is 0. */
    private void told(GatewayClient client, URI receiver, String name, List<JsonNode> again, Samples samples)
            throws IOException, InterruptedException {
        for (var generation : again) {
            client.redeliver(generation);
        }
        var submitted = client.submitTelling(name, receiver.resolve("/" + name));
        long giveUp = System.nanoTime() + GIVE_UP.toNanos();
        while (!client.result(submitted).path("status").asText().equals("completed")) {
            if (System.nanoTime() > giveUp) {
                throw new IllegalStateException(name + " is not completed");
            }
            Thread.sleep(POLL_INTERVAL);
        }
        long seen = System.nanoTime();
        try {
            long at = told("/" + name).get(GIVE_UP.toSeconds(), TimeUnit.SECONDS);
            samples.addMillis(Math.max(0, at - seen));
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the receiver was not told of " + name, e);
        }
    }
}
