package dev.darkroom.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Stands in for WaveSpeed: takes submissions, takes its time, and draws real pictures. A prompt with {@code [fail]} fails,
 * one with {@code [nsfw]} is marked so.
 */
public final class ProviderSimulator implements AutoCloseable {

    /** What the simulator was called for. */
    public enum Call {
        SUBMIT,
        RESULT
    }

    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern RESULT = Pattern.compile("/api/v3/predictions/([0-9a-f]{32})(/result)?");
    private static final Pattern OUTPUT = Pattern.compile("/outputs/([0-9a-f]{32})/([0-3])\\.png");
    private static final Pattern SUBMIT = Pattern.compile("/api/v3/(?!predictions)(.+)");

    private final Duration imageTime;
    private final Map<String, SimulatedPrediction> predictions = new ConcurrentHashMap<>();
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicInteger results = new AtomicInteger();
    private final HttpServer server;
    private volatile Consumer<Call> watcher = _ -> {};

    /** {@code imageTime} is how long it draws. */
    public ProviderSimulator(Duration imageTime) {
        this.imageTime = imageTime;
        this.server = Http.serve(0, this::handle);
    }

    public URI address() {
        return Http.address(server);
    }

    /** How many submissions came in, whatever became of them. */
    public int posts() {
        return posts.get();
    }

    /** How often a result was asked for. */
    public int results() {
        return results.get();
    }

    /** How many images it charges for: failed predictions cost nothing. */
    public int billedImages() {
        return predictions.values().stream()
                .filter(prediction -> !prediction.prompt().contains("[fail]"))
                .mapToInt(SimulatedPrediction::images)
                .sum();
    }

    /** When a prediction is, or was, ready. */
    public Instant readyAt(String predictionId) {
        var prediction = predictions.get(predictionId);
        if (prediction == null) {
            throw new IllegalArgumentException("no prediction " + predictionId);
        }
        return prediction.readyAt();
    }

    /** Is told of each call after it took effect and before it is answered. */
    public void watch(Consumer<Call> other) {
        watcher = other;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = exchange.getRequestBody().readAllBytes();
        var output = OUTPUT.matcher(path);
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (output.matches()) {
            output(exchange, output.group(1), Integer.parseInt(output.group(2)));
        } else if (authorization == null || !authorization.startsWith("Bearer ")) {
            error(exchange, 401, "Unauthorized");
        } else {
            api(exchange, path, body);
        }
    }

    private void api(HttpExchange exchange, String path, byte[] body) throws IOException {
        var result = RESULT.matcher(path);
        var submit = SUBMIT.matcher(path);
        if ("GET".equals(exchange.getRequestMethod()) && result.matches()) {
            result(exchange, result.group(1));
        } else if ("POST".equals(exchange.getRequestMethod()) && submit.matches()) {
            submit(exchange, submit.group(1), body);
        } else {
            error(exchange, 404, "Not Found");
        }
    }

    private void submit(HttpExchange exchange, String model, byte[] body) throws IOException {
        posts.incrementAndGet();
        JsonNode input;
        try {
            input = JSON.readTree(body);
        } catch (JsonProcessingException _) {
            error(exchange, 400, "Invalid JSON");
            return;
        }
        if (!input.path("prompt").isTextual()) {
            error(exchange, 400, "prompt is required");
            return;
        }
        var now = Instant.now();
        var id = UUID.randomUUID().toString().replace("-", "");
        var prediction = new SimulatedPrediction(id, model, input, now, now.plus(imageTime));
        predictions.put(id, prediction);
        watcher.accept(Call.SUBMIT);
        Http.answerJson(exchange, 200, JSON.writeValueAsString(prediction.envelope(address(), now)));
    }

    private void result(HttpExchange exchange, String id) throws IOException {
        results.incrementAndGet();
        watcher.accept(Call.RESULT);
        var prediction = predictions.get(id);
        if (prediction == null) {
            error(exchange, 404, "task not found");
            return;
        }
        Http.answerJson(exchange, 200, JSON.writeValueAsString(prediction.envelope(address(), Instant.now())));
    }

    private void output(HttpExchange exchange, String id, int number) throws IOException {
        var prediction = predictions.get(id);
        if (prediction == null || number >= prediction.images()) {
            error(exchange, 404, "no such output");
            return;
        }
        var png = ImagePainter.png(prediction.prompt(), prediction.aspectRatio(), id.hashCode() + number);
        Http.answer(exchange, 200, Map.of("Content-Type", "image/png"), png);
    }

    private static void error(HttpExchange exchange, int status, String message) throws IOException {
        var envelope = JSON.createObjectNode()
                .put("code", status)
                .put("message", message)
                .putNull("data");
        Http.answerJson(exchange, status, JSON.writeValueAsString(envelope));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
