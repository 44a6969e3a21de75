package dev.darkroom.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/**
 * Stands in for WaveSpeed: takes submissions, takes its time, draws real pictures and lists what it was sent. It misbehaves
 * as a prompt asks it to, once with {@code [result-500]} or another name of a {@link Fault}, always with
 * {@code [result-500 for good]}, or as {@code PUT /simulator/faults} says, by {@link FaultProbabilities}.
 * {@code GET /simulator/counters} tells what it did: submissions that came, predictions that it made, images that it charges
 * for, and how often each fault was met.
 */
public final class ProviderSimulator implements AutoCloseable {

    /** What the simulator was called for. */
    public enum Call {
        SUBMIT,
        RESULT
    }

    private static final Pattern RESULT = Pattern.compile("/api/v3/predictions/([0-9a-f]{32})(/result)?");
    private static final Pattern OUTPUT = Pattern.compile("/outputs/([0-9a-f]{32})/([0-3])\\.png");
    private static final Pattern SUBMIT = Pattern.compile("/api/v3/(?!predictions)(.+)");
    private static final String HISTORY = "/api/v3/predictions";

    private final TcpProxy connections = new TcpProxy(ServerSocketFactory.getDefault());
    private final SimulatorAnswers answers = new SimulatorAnswers(connections);
    private final WebhookSender webhooks = new WebhookSender(this::now);
    private final Faults faults;
    private final SimulatedPredictions predictions;
    private final SimulatedSubmissions submissions;
    private final SimulatedResults results;
    private final SimulatorAdmin admin;
    private final HttpServer server;
    private volatile Consumer<Call> watcher = _ -> {};
    private volatile Duration clockAhead = Duration.ZERO;

    /**
     * {@code imageTime} is how long it draws.
     *
     * @param seed of the chance with which it misbehaves
     */
    public ProviderSimulator(Duration imageTime, long seed) {
        faults = new Faults(seed);
        predictions = new SimulatedPredictions(imageTime, this::now, faults);
        var ends = new SimulatedWebhooks(address(), faults, webhooks);
        submissions = new SimulatedSubmissions(address(), faults, predictions, ends, answers);
        results = new SimulatedResults(address(), faults, predictions, answers);
        admin = new SimulatorAdmin(faults, submissions, predictions);
        server = Http.serve(0, this::handle);
        connections.before(Http.address(server));
    }

    public URI address() {
        return connections.address();
    }

    /** How many submissions came in, whatever became of them. */
    public int posts() {
        return submissions.posts();
    }

    /** How often a result was asked for. */
    public int results() {
        return results.results();
    }

    /** The ids of all predictions that it created. */
    public List<String> predictions() {
        return predictions.ids();
    }

    /** The ids of those that end with images. */
    public List<String> billedPredictions() {
        return predictions.billed().map(SimulatedPrediction::id).toList();
    }

    /** How many predictions were made from each input, as it was sent. */
    public Map<String, Long> inputs() {
        return predictions.inputs();
    }

    /** The prompt that a prediction was made from. */
    public String prompt(String predictionId) {
        return prediction(predictionId).prompt();
    }

    /** The addresses of a prediction's images. */
    public List<String> outputs(String predictionId) {
        return prediction(predictionId).outputs(address());
    }

    /** How many images it charges for: failed predictions cost nothing. */
    public int billedImages() {
        return predictions.billedImages();
    }

    /** When a prediction is, or was, ready. */
    public Instant readyAt(String predictionId) {
        return prediction(predictionId).readyAt();
    }

    private SimulatedPrediction prediction(String id) {
        return predictions.find(id).orElseThrow(() -> new IllegalArgumentException("no prediction " + id));
    }

    /** Is told of each call after it took effect and before it is answered. */
    public void watch(Consumer<Call> other) {
        watcher = other;
    }

    /** From now on these faults are met with these probabilities, from 0 to 1, and no others but those of prompts. */
    public void misbehave(Map<Fault, Double> probabilities) {
        faults.set(FaultProbabilities.of(probabilities));
    }

    /** How often each fault was met. */
    public Map<Fault, Integer> faultsMet() {
        return faults.met();
    }

    /** How far its clock is ahead of ours, or behind. */
    public void setClockAhead(Duration other) {
        clockAhead = other;
    }

    /** How late a late answer is; 12 s if nothing else is set. */
    public void setLate(Duration other) {
        answers.setLate(other);
    }

    /** By the provider's clock. */
    private Instant now() {
        return Instant.now().plus(clockAhead);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = exchange.getRequestBody().readAllBytes();
        var output = OUTPUT.matcher(path);
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (output.matches()) {
            results.output(exchange, output.group(1), Integer.parseInt(output.group(2)));
        } else if (SimulatorAdmin.serves(path)) {
            admin.handle(exchange, path, body);
        } else if (authorization == null || !authorization.startsWith("Bearer ")) {
            SimulatorAnswers.error(exchange, 401, "Unauthorized");
        } else {
            api(exchange, path, body);
        }
    }

    private void api(HttpExchange exchange, String path, byte[] body) throws IOException {
        var result = RESULT.matcher(path);
        var submit = SUBMIT.matcher(path);
        if ("GET".equals(exchange.getRequestMethod()) && result.matches()) {
            results.result(exchange, result.group(1), () -> watcher.accept(Call.RESULT));
        } else if ("POST".equals(exchange.getRequestMethod()) && path.equals(HISTORY)) {
            results.history(exchange, body);
        } else if ("POST".equals(exchange.getRequestMethod()) && submit.matches()) {
            submissions.handle(exchange, submit.group(1), body, () -> watcher.accept(Call.SUBMIT));
        } else {
            SimulatorAnswers.error(exchange, 404, "Not Found");
        }
    }

    @Override
    public void close() {
        webhooks.close();
        connections.close();
        server.stop(0);
    }
}
