package dev.darkroom.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.Fault.Kind;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Stands in for WaveSpeed: takes submissions, takes its time, draws real pictures and lists what it was sent. It misbehaves
 * as a prompt asks it to, with {@code [fail]} or another name of a {@link Fault}, or as {@code PUT /simulator/faults} says,
 * by {@link FaultProbabilities}. {@code GET /simulator/counters} tells what it did: submissions that came, predictions that
 * it made, images that it charges for, and how often each fault was met.
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
    private static final String HISTORY = "/api/v3/predictions";
    private static final String FAULTS = "/simulator/faults";
    private static final String COUNTERS = "/simulator/counters";

    private final Duration imageTime;
    private final Map<String, SimulatedPrediction> predictions = new ConcurrentHashMap<>();
    private final AtomicInteger posts = new AtomicInteger();
    private final AtomicInteger results = new AtomicInteger();
    private final Faults faults;
    private final WebhookSender webhooks = new WebhookSender(this::now);
    private final HttpServer server;
    private volatile Consumer<Call> watcher = _ -> {};
    private volatile Duration clockAhead = Duration.ZERO;
    private volatile Duration late = Duration.ofSeconds(12);

    /**
     * {@code imageTime} is how long it draws.
     *
     * @param seed of the chance with which it misbehaves
     */
    public ProviderSimulator(Duration imageTime, long seed) {
        this.imageTime = imageTime;
        this.faults = new Faults(seed);
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

    /** The ids of all predictions that it created. */
    public List<String> predictions() {
        return List.copyOf(predictions.keySet());
    }

    /** The ids of those that end with images. */
    public List<String> billedPredictions() {
        return predictions.values().stream()
                .filter(prediction -> !prediction.fails())
                .map(SimulatedPrediction::id)
                .toList();
    }

    /** How many predictions were made from each input, as it was sent. */
    public Map<String, Long> inputs() {
        return predictions.values().stream()
                .collect(Collectors.groupingBy(prediction -> prediction.input().toString(), Collectors.counting()));
    }

    /** The addresses of a prediction's images. */
    public List<String> outputs(String predictionId) {
        var prediction = predictions.get(predictionId);
        return prediction == null ? List.of() : prediction.outputs(address());
    }

    /** How many images it charges for: failed predictions cost nothing. */
    public int billedImages() {
        return predictions.values().stream()
                .filter(prediction -> !prediction.fails())
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

    /** From now on these faults are met with these probabilities, from 0 to 1, and no others. */
    public void misbehave(Map<Fault, Double> probabilities) {
        faults.set(probabilities);
    }

    /** How often each fault was met. */
    public Map<Fault, Integer> faultsMet() {
        return faults.met();
    }

    /** How far its clock is ahead of ours, or behind. */
    public void setClockAhead(Duration other) {
        clockAhead = other;
    }

    /** How late a late answer is. */
    public void setLate(Duration other) {
        late = other;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = exchange.getRequestBody().readAllBytes();
        var output = OUTPUT.matcher(path);
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (output.matches()) {
            output(exchange, output.group(1), Integer.parseInt(output.group(2)));
        } else if (path.equals(FAULTS) || path.equals(COUNTERS)) {
            administer(exchange, path, body);
        } else if (authorization == null || !authorization.startsWith("Bearer ")) {
            error(exchange, 401, "Unauthorized");
        } else {
            api(exchange, path, body);
        }
    }

    private void administer(HttpExchange exchange, String path, byte[] body) throws IOException {
        try {
            switch (exchange.getRequestMethod() + " " + path) {
                case "PUT " + FAULTS -> {
                    faults.set(FaultProbabilities.parse(body));
                    answer(exchange, FaultProbabilities.json(faults.likely()));
                }
                case "GET " + FAULTS -> answer(exchange, FaultProbabilities.json(faults.likely()));
                case "GET " + COUNTERS -> answer(exchange, counters());
                case String _ -> error(exchange, 405, "PUT or GET %s, or GET %s".formatted(FAULTS, COUNTERS));
            }
        } catch (FaultProbabilities.Wrong e) {
            error(exchange, 400, e.what());
        }
    }

    private ObjectNode counters() {
        var counters = JSON.createObjectNode()
                .put("posts", posts())
                .put("predictions", predictions.size())
                .put("images", billedImages());
        counters.set("faults", FaultProbabilities.json(faults.met()));
        return counters;
    }

    private static void answer(HttpExchange exchange, ObjectNode json) throws IOException {
        Http.answerJson(exchange, 200, JSON.writeValueAsString(json));
    }

    private void api(HttpExchange exchange, String path, byte[] body) throws IOException {
        var result = RESULT.matcher(path);
        var submit = SUBMIT.matcher(path);
        if ("GET".equals(exchange.getRequestMethod()) && result.matches()) {
            result(exchange, result.group(1));
        } else if ("POST".equals(exchange.getRequestMethod()) && path.equals(HISTORY)) {
            history(exchange, body);
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
        var prompt = input.path("prompt").textValue();
        var fault = faults.of(Kind.SUBMIT, prompt);
        if (fault.equals(Optional.of(Fault.TOO_MANY_REQUESTS))) {
            exchange.getResponseHeaders().set("Retry-After", "1");
            error(exchange, 429, "Too many requests");
        } else if (fault.equals(Optional.of(Fault.SERVER_ERROR))) {
            error(exchange, 500, "Internal error");
        } else {
            var now = Instant.now();
            var id = UUID.randomUUID().toString().replace("-", "");
            var outcome = faults.of(Kind.OUTCOME, prompt);
            var prediction = new SimulatedPrediction(id, model, input, now(), imageTime, now.plus(imageTime), outcome);
            predictions.put(id, prediction);
            tell(exchange, prediction);
            watcher.accept(Call.SUBMIT);
            accepted(exchange, prediction.envelope(address(), now), fault);
        }
    }

    /** By the provider's clock. */
    private Instant now() {
        return Instant.now().plus(clockAhead);
    }

    /** With {@code ?webhook=}, an address. */
    private void tell(HttpExchange exchange, SimulatedPrediction prediction) {
        var query = exchange.getRequestURI().getQuery();
        if (query == null || !query.startsWith("webhook=")) {
            return;
        }
        var fault = faults.of(Kind.WEBHOOK, prediction.prompt());
        int times = fault.equals(Optional.of(Fault.LOST_WEBHOOK))
                ? 0
                : fault.equals(Optional.of(Fault.DUPLICATE_WEBHOOK)) ? 2 : 1;
        var body = prediction.entry(address(), prediction.readyAt()).toString();
        webhooks.send(URI.create(query.substring("webhook=".length())), body, prediction.readyAt(), times);
    }

    private void accepted(HttpExchange exchange, ObjectNode envelope, Optional<Fault> fault) throws IOException {
        if (fault.equals(Optional.of(Fault.ACCEPT_THEN_504))) {
            badGateway(exchange);
        } else if (fault.equals(Optional.of(Fault.ACCEPT_THEN_RESET))) {
            exchange.close();
        } else if (fault.equals(Optional.of(Fault.MALFORMED))) {
            Http.answerJson(exchange, 200, "{\"code\":200,\"data\":{\"id\":");
        } else {
            if (fault.equals(Optional.of(Fault.SLOW))) {
                pause(late);
            }
            Http.answerJson(exchange, 200, JSON.writeValueAsString(envelope));
        }
    }

    private static void badGateway(HttpExchange exchange) throws IOException {
        var html = "<html><body>504 Gateway Time-out</body></html>".getBytes(StandardCharsets.UTF_8);
        Http.answer(exchange, 504, Map.of("Content-Type", "text/html"), html);
    }

    private static void pause(Duration time) throws IOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the simulator ends", e);
        }
    }

    private void history(HttpExchange exchange, byte[] body) throws IOException {
        if (faults.of(Kind.HISTORY, "").isPresent()) {
            error(exchange, 500, "Internal error");
        } else {
            var page = History.page(predictions.values(), JSON.readTree(body), address(), Instant.now());
            Http.answerJson(exchange, 200, JSON.writeValueAsString(page));
        }
    }

    private void result(HttpExchange exchange, String id) throws IOException {
        results.incrementAndGet();
        watcher.accept(Call.RESULT);
        var prediction = predictions.get(id);
        if (prediction == null) {
            error(exchange, 404, "task not found");
            return;
        }
        var fault = faults.of(Kind.RESULT, prediction.prompt());
        var envelope = prediction.envelope(address(), Instant.now());
        if (fault.equals(Optional.of(Fault.RESULT_500))) {
            error(exchange, 500, "Internal error");
        } else if (fault.equals(Optional.of(Fault.RESULT_MALFORMED))) {
            Http.answerJson(exchange, 200, "{\"code\":200,\"da");
        } else {
            if (fault.equals(Optional.of(Fault.UNKNOWN_STATUS))) {
                envelope.withObject("/data").put("status", "in_review");
            }
            Http.answerJson(exchange, 200, JSON.writeValueAsString(envelope));
        }
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
        webhooks.close();
        server.stop(0);
    }
}
