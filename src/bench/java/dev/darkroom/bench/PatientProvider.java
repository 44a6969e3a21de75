package dev.darkroom.bench;

import dev.darkroom.bench.LoopbackServer.Request;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The provider's result call, on loopback: it takes its time, never has an image, and counts. */
final class PatientProvider implements AutoCloseable {

    private static final byte[] ANSWER = LoopbackServer.answer(200, Map.of("Content-Type", "application/json"), """
            {"code":200,"message":"success","data":{"id":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","model":"wavespeed-ai/imagen4","outputs":[],\
            "urls":{"get":"https://provider.example/result"},"has_nsfw_contents":[],"status":"processing",\
            "created_at":"2026-01-01T00:00:00.000Z","error":"","timings":{"inference":0}}}""");

    private final long latencyNanos;
    private final LongAdder polls = new LongAdder();
    private final Set<String> predictions = ConcurrentHashMap.newKeySet();
    private final LoopbackServer server = new LoopbackServer(this::handle);

    PatientProvider(int latencyMillis) {
        this.latencyNanos = TimeUnit.MILLISECONDS.toNanos(latencyMillis);
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    /** How many polls were answered. */
    long polls() {
        return polls.sum();
    }

    /** How many predictions were asked for at least once. */
    int predictions() {
        return predictions.size();
    }

    private byte[] handle(Request request) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(request.arrivedAt() + latencyNanos - System.nanoTime());
        if (!request.path().contains("/priming/")) {
            predictions.add(request.path());
            polls.increment();
        }
        return ANSWER;
    }

    @Override
    public void close() {
        server.close();
    }
}
