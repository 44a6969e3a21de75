package dev.darkroom.local.net;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A proxy before another HTTP server; a filter decides about each request. */
public final class HttpProxy implements AutoCloseable {

    private static final Set<String> NOT_FORWARDED =
            Set.of("host", "connection", "content-length", "transfer-encoding", "upgrade", "http2-settings");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer server;
    private volatile URI target = URI.create("http://localhost");

    /** Decides about a request: forwards it, answers it in another way, or does not answer it. */
    @FunctionalInterface
    public interface Filter {

        /** When this sends no answer, the client gets none. */
        void handle(HttpExchange exchange, String body, HttpProxy proxy) throws IOException, InterruptedException;
    }

    public HttpProxy(Filter filter) {
        server = Http.serve(0, exchange -> {
            try {
                var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                filter.handle(exchange, body, this);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** The proxy's address. */
    public URI address() {
        return Http.address(server);
    }

    /** Sets the server to forward requests to; returns the proxy's own address. */
    public URI before(URI address) {
        target = address;
        return Http.address(server);
    }

    /** Forwards a request. */
    public HttpResponse<byte[]> send(HttpExchange exchange, String body) throws IOException, InterruptedException {
        return send(exchange, body, UnaryOperator.identity());
    }

    /** Forwards a request with each header value changed by {@code value}. */
    public HttpResponse<byte[]> send(HttpExchange exchange, String body, UnaryOperator<String> value)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(target.resolve(exchange.getRequestURI()))
                .method(
                        exchange.getRequestMethod(),
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(given -> request.header(name, value.apply(given)));
            }
        });
        return client.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** Sends a response of the server to the client. */
    public static void answer(HttpExchange exchange, HttpResponse<byte[]> response) throws IOException {
        answer(exchange, response, response.body());
    }

    /** Sends a response of the server with another body to the client. */
    public static void answer(HttpExchange exchange, HttpResponse<byte[]> response, byte[] body) throws IOException {
        response.headers().map().forEach((name, values) -> {
            if (!NOT_FORWARDED.contains(name.toLowerCase(Locale.ROOT))) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        Http.answer(exchange, response.statusCode(), Map.of(), body);
    }

    @Override
    public void close() {
        server.stop(0);
        client.close();
    }
}
