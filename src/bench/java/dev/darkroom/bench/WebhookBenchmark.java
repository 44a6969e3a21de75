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
 * Measures how long after an image is visible its receiver is told: first alone, and then beside receivers that are dead
 * or hang and are told at the same time.
 */
final class WebhookBenchmark {

    private static final Duration IMAGE_TIME = Duration.ofSeconds(1);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(20);
    private static final Duration GIVE_UP = Duration.ofSeconds(60);

    /** So often some of the bad receivers are told again, because their own next attempts come after minutes. */
    private static final int IMAGES_OF_A_ROUND = 5;

    private static final int REDELIVERED = 100;

    private final BenchmarkPlan.Webhooks plan;
    private final Map<String, CompletableFuture<Long>> told = new ConcurrentHashMap<>();

    WebhookBenchmark(BenchmarkPlan.Webhooks plan) {
        this.plan = plan;
    }

    void run(Report report, PlatformOptions options, String artifact) throws IOException, InterruptedException {
        report.section("webhooks", """
            %d images on the local platform (%s), asked for one after the other, drawn for %d s each, and read every %d ms. Then
            the same beside %d dead and %d hanging receivers.""".formatted(
                        plan.images(),
                        artifact,
                        IMAGE_TIME.toSeconds(),
                        POLL_INTERVAL.toMillis(),
                        plan.dead(),
                        plan.hanging()));
        var receiver = Http.serve(0, this::receive);
        try (var platform = Platform.start(options.withImageTime(IMAGE_TIME));
                var bad = new BadReceivers(plan.dead(), plan.hanging());
                var client = GatewayClient.of(platform)) {
            told(client, Http.address(receiver), "warm-up", List.of(), new Samples());
            var alone = new Samples();
            for (int i = 0; i < plan.images(); i++) {
                told(client, Http.address(receiver), "alone-" + i, List.of(), alone);
            }
            var beside = new Samples();
            var others = new ArrayList<JsonNode>();
            for (var address : bad.addresses()) {
                others.add(client.submitTelling("bad", address));
            }
            for (int i = 0; i < plan.images(); i++) {
                told(client, Http.address(receiver), "beside-" + i, round(others, i), beside);
            }
            report.row("the receiver is told, alone", "ms", alone);
            report.row("the receiver is told, beside bad ones", "ms", beside);
            report.atMost("a receiver is told, p95, ms", OptionalDouble.of(alone.percentile(95)), 1_000);
            report.atMost(
                    "the same beside bad receivers, times",
                    OptionalDouble.of(beside.percentile(95) / Math.max(1, alone.percentile(95))),
                    1.5);
        } finally {
            receiver.stop(0);
        }
    }

    /** The bad receivers that are told again before this image: those that hang, and some that are dead. */
    private List<JsonNode> round(List<JsonNode> others, int image) {
        if (image % IMAGES_OF_A_ROUND != 0) {
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
