package dev.darkroom.local.net;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Executors;

/** The JDK's HTTP server, with the settings that all servers of the local platform share. */
public final class Http {

    /** More waiting connections than any test opens at once. */
    private static final int BACKLOG = 1024;

    static {
        // Without TCP_NODELAY every answer takes 40 ms more. The JDK reads the property once, when it starts the first
        // server.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private Http() {}

    /** Listens on the loopback address; {@code port} 0 means any free one. */
    public static HttpServer serve(int port, HttpHandler handler) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
            server.createContext("/", exchange -> {
                try (exchange) {
                    handler.handle(exchange);
                }
            });
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("port %s cannot be opened: %s".formatted(port, e.getMessage()), e);
        }
    }

    public static URI address(HttpServer server) {
        return URI.create("http://localhost:" + server.getAddress().getPort());
    }

    /** Sends an answer in one piece. */
    public static void answer(HttpExchange exchange, int status, Map<String, String> headers, byte[] body)
            throws IOException {
        headers.forEach(exchange.getResponseHeaders()::set);
        if (body.length == 0 || "HEAD".equals(exchange.getRequestMethod())) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, body.length);
        try (var out = new BufferedOutputStream(exchange.getResponseBody(), body.length + 1)) {
            out.write(body);
        }
    }

    public static void answerJson(HttpExchange exchange, int status, String body) throws IOException {
        answer(exchange, status, Map.of("Content-Type", "application/json"), body.getBytes(StandardCharsets.UTF_8));
    }
}
