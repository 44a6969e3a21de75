package dev.darkroom.bench.stub;

import dev.darkroom.bench.stub.LoopbackServer.Request;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** The provider's result call on loopback: it answers late, never has an image, and counts the polls. */
public final class SlowProviderStub implements AutoCloseable {

    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

    /** The id that a function reads while it starts. */
    private static final String PRIMING = "priming";

    private final long latencyNanos;
    private final LongAdder polls = new LongAdder();
    private final Set<String> predictions = ConcurrentHashMap.newKeySet();
    private final LoopbackServer server = new LoopbackServer(this::handle);

    public SlowProviderStub(int latencyMillis) {
        this.latencyNanos = TimeUnit.MILLISECONDS.toNanos(latencyMillis);
    }

    public String address() {
        return "http://127.0.0.1:" + server.port();
    }

    /** How many polls were answered. */
    public long polls() {
        return polls.sum();
    }

    /** How many predictions were polled at least once. */
    public int predictions() {
        return predictions.size();
    }

    /** Throws an {@link IllegalStateException} when something other than a result was asked for. */
    public void requireNoFailure() {
        server.requireNoFailure();
    }

    private byte[] handle(Request request) throws InterruptedException {
        var id = ProviderStub.predictionId(request);
        TimeUnit.NANOSECONDS.sleep(request.arrivedAt() + latencyNanos - System.nanoTime());
        if (!id.equals(PRIMING)) {
            predictions.add(id);
            polls.increment();
        }
        return LoopbackServer.answer(200, HEADERS, ProviderStub.prediction(id, "processing", ""));
    }

    @Override
    public void close() {
        server.close();
    }
}
