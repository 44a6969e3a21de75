package dev.darkroom.bench;

import dev.darkroom.bench.LoopbackServer.Request;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Answers as a service does, as late as it does, and measures how long a caller really waited for it. */
final class StandIn implements AutoCloseable {

    /**
     * What to answer.
     *
     * @param millis how long after the request's arrival
     * @param awaited whether an event waits for it; priming goes on beside one
     */
    record Reply(int millis, int status, String body, boolean awaited) {}

    private final Function<Request, Reply> replies;
    private final LoopbackServer server = new LoopbackServer(this::handle);
    private final LongAdder nanos = new LongAdder();

    StandIn(Function<Request, Reply> replies) {
        this.replies = replies;
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    /** How long all requests that an event waited for took so far, each from its arrival until its answer was about to be written. */
    long nanos() {
        return nanos.sum();
    }

    private byte[] handle(Request request) throws InterruptedException {
        var reply = replies.apply(request);
        var answer = LoopbackServer.answer(
                reply.status(), Map.of("Content-Type", "application/x-amz-json-1.0"), reply.body());
        var until = request.arrivedAt() + TimeUnit.MILLISECONDS.toNanos(reply.millis());
        TimeUnit.NANOSECONDS.sleep(until - System.nanoTime());
        // Before the write: after it the caller may run first, and its time would be taken for ours.
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
