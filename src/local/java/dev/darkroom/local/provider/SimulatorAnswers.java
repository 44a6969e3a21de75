package dev.darkroom.local.provider;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.net.Http;
import dev.darkroom.local.net.TcpProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/** Sends the simulated provider's answers in each {@link Manner}. */
final class SimulatorAnswers {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String JSON_TYPE = "application/json";
    private static final Duration PER_BYTE = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofMinutes(1);
    private static final int KILOBYTE = 1000;

    private final TcpProxy connections;
    private volatile Duration late = Duration.ofSeconds(12);

    /** {@code connections} are the connections of the provider's clients. */
    SimulatorAnswers(TcpProxy connections) {
        this.connections = connections;
    }

    void setLate(Duration other) {
        late = other;
    }

    void send(HttpExchange exchange, Manner manner, ObjectNode json) throws IOException {
        var body = JSON.writeValueAsBytes(json);
        switch (manner) {
            case PLAIN -> plain(exchange, body);
            case LATE -> {
                Drip.pause(late);
                plain(exchange, body);
            }
            case STATUS_429 -> {
                exchange.getResponseHeaders().set("Retry-After", "1");
                error(exchange, 429, "Too many requests");
            }
            case STATUS_500 -> error(exchange, 500, "Internal error");
            case STATUS_503 -> error(exchange, 503, "Service unavailable");
            case STATUS_404 -> error(exchange, 404, "task not found");
            case HTML_404 -> html(exchange, 404, "Not Found");
            case HTML_504 -> html(exchange, 504, "Gateway Time-out");
            case REDIRECT -> Http.answer(exchange, 302, Map.of("Location", "/login"), new byte[0]);
            case GZIP ->
                Http.answer(exchange, 200, Map.of("Content-Type", JSON_TYPE, "Content-Encoding", "gzip"), gzip(body));
            case BROKEN_JSON -> plain(exchange, "{\"code\":200,\"data\":{\"id\":".getBytes(StandardCharsets.UTF_8));
            case HEADERS_9_KB -> withHeaders(exchange, 9, body);
            case HEADERS_70_KB -> withHeaders(exchange, 70, body);
            case WRONG_TYPE -> Http.answer(exchange, 200, Map.of("Content-Type", "json, as always"), body);
            case DRIP_HEADERS -> {
                connections.slowDown(exchange.getRemoteAddress(), PER_BYTE);
                plain(exchange, body);
            }
            case DRIP_BODY -> {
                exchange.getResponseHeaders().set("Content-Type", JSON_TYPE);
                exchange.sendResponseHeaders(200, body.length);
                Drip.write(exchange.getResponseBody(), body, body.length, PER_BYTE);
            }
            case SILENCE -> {
                Drip.pause(SILENCE);
                exchange.close();
            }
            case RESET -> exchange.close();
        }
    }

    private static void plain(HttpExchange exchange, byte[] body) throws IOException {
        Http.answer(exchange, 200, Map.of("Content-Type", JSON_TYPE), body);
    }

    private static void withHeaders(HttpExchange exchange, int kilobytes, byte[] body) throws IOException {
        for (int i = 0; i < kilobytes; i++) {
            exchange.getResponseHeaders().set("X-Trace-" + i, "0".repeat(KILOBYTE));
        }
        plain(exchange, body);
    }

    private static byte[] gzip(byte[] body) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.toByteArray();
    }

    private static void html(HttpExchange exchange, int status, String title) throws IOException {
        var page = "<html><body>%s %s</body></html>".formatted(status, title);
        Http.answer(exchange, status, Map.of("Content-Type", "text/html"), page.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends an error in the provider's envelope. */
    static void error(HttpExchange exchange, int status, String message) throws IOException {
        var envelope = JSON.createObjectNode()
                .put("code", status)
                .put("message", message)
                .putNull("data");
        Http.answerJson(exchange, status, JSON.writeValueAsString(envelope));
    }
}
