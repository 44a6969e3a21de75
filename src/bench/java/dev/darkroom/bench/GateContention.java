package dev.darkroom.bench;

import dev.darkroom.bench.report.Report;
import dev.darkroom.bench.report.Samples;
import dev.darkroom.bench.stub.Stubs;
import dev.darkroom.bench.subject.Handler;
import dev.darkroom.bench.subject.MeasuredProcess;
import dev.darkroom.bench.subject.Subject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Measures what it costs that all processes change one item, the submission gate: how long a request takes that joins
 * the queue, and how often a change by the queue's sweep is refused, for each rate of requests.
 */
final class GateContention {

    private static final Stubs.Latencies LATENCIES = new Stubs.Latencies(4, 150, 40, 5);

    /** The first request reaches the limit. Each other request joins the queue and changes the gate once. */
    private static final String IMAGES_PER_MINUTE = "DARKROOM_WAVESPEED_IMAGES_PER_MINUTE";

    private static final String QUEUED_PER_OWNER = "DARKROOM_RATE_LIMIT_MAX_QUEUED_PER_OWNER";

    private static final String STORED = "\"statusCode\":200";
    private static final long SEED = 1;

    private final Subject subject;
    private final Path logs;
    private final BlockingQueue<MeasuredProcess> idle = new LinkedBlockingQueue<>();

    GateContention(Subject subject, Path logs) {
        this.subject = subject;
        this.logs = logs;
    }

    void run(Report report, BenchmarkPlan.Load load) throws IOException, InterruptedException {
        report.section("submission gate", """
            Requests that all join the queue, at random times, for %d s at each rate: each changes the gate's item once. They go to %d
            processes (%s) in turn; waiting for an idle process counts. Beside them a compare and set changes the
            item ten times a second, as the sweep does. Stubs on loopback, no TLS: %s.""".formatted(load.seconds(), load.processes(), subject.name(), LATENCIES));
        var processes = new ArrayList<MeasuredProcess>();
        try (var stubs = new Stubs(LATENCIES)) {
            var environment = new HashMap<>(stubs.environment());
            environment.put(IMAGES_PER_MINUTE, "1");
            environment.put(QUEUED_PER_OWNER, "1000000");
            for (int i = 0; i < load.processes(); i++) {
                var process = new MeasuredProcess(subject, Handler.SUBMIT, environment, logs);
                processes.add(process);
                process.start();
                process.firstNext();
                idle.add(process);
                request(System.nanoTime());
            }
            for (var rate : load.rates()) {
                measure(report, stubs, rate, load.seconds());
            }
        } finally {
            processes.forEach(MeasuredProcess::close);
        }
    }

    private void measure(Report report, Stubs stubs, int rate, int seconds) throws InterruptedException {
        var rows = stubs.rows();
        long writes = rows.sharedWrites();
        long refusals = rows.sharedRefusals();
        long beganAt = System.nanoTime();
        var sweep = new GateSweep(stubs.gate());
        Samples events;
        try (sweep) {
            events = events(rate, rate * seconds);
        }
        double elapsed = (System.nanoTime() - beganAt) / 1e9;
        stubs.requireNoFailure();
        requireAChangeEach(
                rows.sharedWrites() - writes, events.count() + sweep.times().count());
        report.row("%d a second: event".formatted(rate), "ms", events);
        report.row(
                "%d a second: refused for each request".formatted(rate),
                "writes",
                Samples.of((rows.sharedRefusals() - refusals - retries(sweep)) / (double) events.count()));
        report.row("%d a second: answered".formatted(rate), "1/s", Samples.of(events.count() / elapsed));
        report.row("%d a second: a sweep's change".formatted(rate), "ms", sweep.times());
        report.row("%d a second: writes for a sweep's change".formatted(rate), "writes", sweep.writes());
    }

    private static long retries(GateSweep sweep) {
        return Math.round(sweep.writes().sum()) - sweep.writes().count();
    }

    private static void requireAChangeEach(long changes, int expected) {
        if (changes != expected) {
            throw new IllegalStateException("the gate was changed %d times instead of %d".formatted(changes, expected));
        }
    }

    private Samples events(int rate, int count) throws InterruptedException {
        var gaps = new Random(SEED);
        var requests = new ArrayList<Future<Long>>();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            long at = System.nanoTime();
            for (int i = 0; i < count; i++) {
                at += Math.round(-Math.log(1 - gaps.nextDouble()) * TimeUnit.SECONDS.toNanos(1) / rate);
                TimeUnit.NANOSECONDS.sleep(at - System.nanoTime());
                long sentAt = at;
                requests.add(callers.submit(() -> request(sentAt)));
            }
        }
        return samples(requests);
    }

    /** Sends a request; returns the nanoseconds from {@code since}, when it was due to be sent, to its answer. */
    private long request(long since) throws InterruptedException {
        var process = idle.take();
        process.send(Handler.SUBMIT::event);
        var answer = process.answer();
        if (!answer.body().contains(STORED)) {
            throw new IllegalStateException("an unexpected answer: " + answer.body());
        }
        idle.add(process);
        return answer.arrivedAt() - since;
    }

    private static Samples samples(List<Future<Long>> requests) throws InterruptedException {
        var samples = new Samples();
        for (var request : requests) {
            try {
                samples.addMillis(request.get());
            } catch (ExecutionException e) {
                throw new IllegalStateException("a request failed: " + e.getCause(), e);
            }
        }
        return samples;
    }
}
