package dev.darkroom.platform;

import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.net.HttpProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/** Stands between the functions and the table, and lets a test act just before or after a chosen call. */
final class TableProxy implements AutoCloseable {

    /** When the trap acts. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /**
     * Acts on calls whose body matches, which then get no answer.
     *
     * @param once only on the first of them
     */
    record Trap(Moment moment, Predicate<String> body, Runnable action, boolean once) {

        static Trap once(Moment moment, Predicate<String> body, Runnable action) {
            return new Trap(moment, body, action, true);
        }

        static Trap eachTime(Moment moment, Predicate<String> body, Runnable action) {
            return new Trap(moment, body, action, false);
        }
    }

    private static final Trap NO_TRAP = Trap.once(Moment.BEFORE, _ -> false, () -> {});

    private final HttpProxy proxy = new HttpProxy(this::handle);
    private Trap trap = NO_TRAP;
    private Predicate<String> refused = _ -> false;
    private int refusals;

    /** The proxy's address before this table. */
    URI before(URI table) {
        return proxy.before(table);
    }

    synchronized void set(Trap other) {
        trap = other;
    }

    /** Refuses this many calls whose body matches, as a table does while it is being created. */
    synchronized void refuse(int times, Predicate<String> body) {
        refused = body;
        refusals = times;
    }

    private void handle(HttpExchange exchange, String body, HttpProxy target) throws IOException, InterruptedException {
        if (sprung(Moment.BEFORE, body)) {
            return;
        }
        if (isRefused(body)) {
            refuse(exchange);
            return;
        }
        var response = target.send(exchange, body);
        if (!sprung(Moment.AFTER, body)) {
            HttpProxy.answer(exchange, response);
        }
    }

    private synchronized boolean isRefused(String body) {
        boolean fits = refusals > 0 && refused.test(body);
        if (fits) {
            refusals--;
        }
        return fits;
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        var answer = "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"}"
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(400, answer.length);
        exchange.getResponseBody().write(answer);
    }

    private synchronized boolean sprung(Moment moment, String body) {
        if (trap.moment() != moment || !trap.body().test(body)) {
            return false;
        }
        trap.action().run();
        if (trap.once()) {
            trap = NO_TRAP;
        }
        return true;
    }

    @Override
    public void close() {
        proxy.close();
    }
}
