package dev.darkroom.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.function.Predicate;

/** Stands between the functions and the table, and lets a test act just before or after a call of its choice. */
final class TableProxy implements AutoCloseable {

    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "connection", "content-length", "transfer-encoding");

    /** When to act. */
    enum Moment {
        BEFORE,
        AFTER
    }

    /** Acts once, at a moment of the first call whose body fits; the caller gets no answer to that call. */
    record Trap(Moment moment, Predicate<String> body, Runnable action) {}

    private static final Trap NO_TRAP = new Trap(Moment.BEFORE, _ -> false, () -> {});

    private final HttpClient client = HttpClient.newHttpClient();
    private final HttpServer server;
    private Trap trap = NO_TRAP;
    private volatile URI table = URI.create("http://localhost");

    TableProxy() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("no proxy", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::forward);
        server.start();
    }

    /** The proxy's address, once it knows where the table is. */
    URI before(URI tableAddress) {
        table = tableAddress;
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    synchronized void set(Trap other) {
        trap = other;
    }

    private void forward(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (sprung(Moment.BEFORE, body)) {
                return;
            }
            var request = HttpRequest.newBuilder(table).POST(BodyPublishers.ofString(body));
            exchange.getRequestHeaders().forEach((name, values) -> {
                if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                    values.forEach(value -> request.header(name, value));
                }
            });
            var response = client.send(request.build(), BodyHandlers.ofByteArray());
            if (sprung(Moment.AFTER, body)) {
                return;
            }
            response.headers().map().forEach((name, values) -> {
                if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            exchange.sendResponseHeaders(response.statusCode(), response.body().length);
            exchange.getResponseBody().write(response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean sprung(Moment moment, String body) {
        if (trap.moment() != moment || !trap.body().test(body)) {
            return false;
        }
        trap.action().run();
        trap = NO_TRAP;
        return true;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
