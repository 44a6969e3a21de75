package dev.darkroom.bench.stub;

import dev.darkroom.bench.stub.LoopbackServer.Request;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Answers as a service does, after the same time, and measures how long its callers really waited. */
final class Stub implements AutoCloseable {

    /**
     * What to answer.
     *
     * @param millis how long after the request's arrival
     * @param awaited whether an event waits for the answer; requests of priming run beside the event
     */
    record Reply(int millis, int status, String body, boolean awaited) {}

    private final Map<String, String> headers;
    private final Function<Request, Reply> replies;
    private final LoopbackServer server = new LoopbackServer(this::handle);
    private final LongAdder nanos = new LongAdder();

    /** {@code replies} throws an {@link IllegalArgumentException} for a request that it cannot answer. */
    Stub(String contentType, Function<Request, Reply> replies) {
        this.headers = Map.of("Content-Type", contentType);
        this.replies = replies;
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    /**
     * The nanoseconds that all requests took so far that an event waited for: each from its arrival until its answer
     * was about to be written.
     */
    long nanos() {
        return nanos.sum();
    }

    void requireNoFailure() {
        server.requireNoFailure();
    }

    private byte[] handle(Request request) throws InterruptedException {
        var reply = replies.apply(request);
        var answer = LoopbackServer.answer(reply.status(), headers, reply.body());
        var until = request.arrivedAt() + TimeUnit.MILLISECONDS.toNanos(reply.millis());
        TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
        // Before the write: after it the caller may run first, and its time would count as the service's.
        if (reply.awaited()) {
            nanos.add(System.nanoTime() - request.arrivedAt());
        }
        return answer;
    }

    @Override
    public void close() {
        server.close();
    }
}
