package dev.darkroom.local.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.net.Http;
import dev.darkroom.local.net.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import javax.net.ServerSocketFactory;

/**
 * Stands in for WaveSpeed: accepts submissions, takes time for them, draws real images and keeps a history. It also has
 * the live catalogue, prices, a bill and a balance. Of a model in its catalogue it refuses an input that the provider would
 * change silently: an unknown parameter, or a value that the model's schema does not allow.
 *
 * <p>It has faults when a prompt requests them: once with {@code [result-500]} or the name of another {@link Fault},
 * always with {@code [result-500 for good]}. {@code PUT /simulator/faults} sets random faults by {@link
 * FaultProbabilities}. {@code GET /simulator/counters} counts submissions, predictions, billed images, and the calls
 * that met each fault.
 */
public final class ProviderSimulator implements AutoCloseable {

    /** The kind of a call to the simulator. */
    public enum Call {
        SUBMIT,
        RESULT
    }

    private static final Pattern RESULT = Pattern.compile("/api/v3/predictions/([0-9a-f]{32})(/result)?");
    private static final Pattern IMAGE = Pattern.compile("/images/([0-9a-f]{32})/([0-9])\\.png");
    private static final Pattern SUBMIT = Pattern.compile("/api/v3/(?!predictions)(.+)");
    private static final String HISTORY = "/api/v3/predictions";

    private final TcpProxy connections = new TcpProxy(ServerSocketFactory.getDefault());
    private final SimulatorAnswers answers = new SimulatorAnswers(connections);
    private final SimulatorAddresses addresses = new SimulatorAddresses(connections.address());
    private final WebhookSender webhooks;
    private final FaultInjector faults;
    private final SimulatedPredictions predictions;
    private final SimulatedSubmissions submissions;
    private final SimulatedResults results;
    private final SimulatedBill bill;
    private final SimulatedCatalogue catalogue;
    private final SimulatorAdmin admin;
    private final HttpServer server;
    private volatile Predicate<String> accepted = authorization -> authorization.startsWith("Bearer ");
    private volatile Consumer<Call> watcher = _ -> {};
    private volatile Duration clockAhead = Duration.ZERO;

    /**
     * {@code imageTime} is how long an image takes.
     *
     * @param seed the seed of the random numbers that decide its faults
     * @param webhookSecret the secret with which it signs its webhooks
     */
    public ProviderSimulator(Duration imageTime, long seed, String webhookSecret) {
        webhooks = new WebhookSender(this::now, webhookSecret);
        faults = new FaultInjector(seed);
        var models = new SimulatedModels();
        predictions = new SimulatedPredictions(imageTime, this::now, faults, models);
        var ends = new SimulatedWebhooks(addresses, faults, webhooks);
        submissions = new SimulatedSubmissions(addresses, faults, predictions, ends, answers);
        bill = new SimulatedBill(models, predictions, faults);
        catalogue = new SimulatedCatalogue(models, bill);
        results = new SimulatedResults(addresses, faults, predictions, answers);
        admin = new SimulatorAdmin(faults, submissions, predictions);
        server = Http.serve(0, this::handle);
        connections.before(Http.address(server));
    }

    public URI address() {
        return connections.address();
    }

    /** Sets the address under which its images are from now on, of a server that has {@link #imagesBefore}. */
    public void publishImagesAt(String origin) {
        addresses.publishImagesAt(origin);
    }

    /** Answers requests for its images itself and leaves all others to {@code next}. */
    public HttpHandler imagesBefore(HttpHandler next) {
        return exchange -> {
            if (!isImageSent(exchange)) {
                next.handle(exchange);
            }
        };
    }

    /** How many submissions came in, including refused ones. */
    public int posts() {
        return submissions.posts();
    }

    /** How many requests for results came in. */
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

    /** How many predictions were made from each input, by the JSON of the input. */
    public Map<String, Long> inputs() {
        return predictions.inputs();
    }

    /** The prompt that a prediction was made from. */
    public String prompt(String predictionId) {
        return prediction(predictionId).prompt();
    }

    /** The addresses of a prediction's images. */
    public List<String> outputs(String predictionId) {
        return prediction(predictionId).outputs(addresses);
    }

    /** Sets the longer side of the images of later predictions, in pixels, at least 32: a load needs no large ones. */
    public void setLongSide(int pixels) {
        predictions.setLongSide(pixels);
    }

    /** Deletes the images of a prediction, as the provider does after seven days. */
    public void deleteImages(String predictionId) {
        results.deleteImages(predictionId);
    }

    /** How many images it charges for: failed predictions cost nothing. */
    public int billedImages() {
        return predictions.billedImages();
    }

    /** What its bill charges in all, without what it refunds, in micro-dollars. */
    public long billedMicroDollars() {
        return bill.total().movePointRight(6).longValueExact();
    }

    /** The time when a prediction is ready, in the future or the past. */
    public Instant readyAt(String predictionId) {
        return prediction(predictionId).readyAt();
    }

    private SimulatedPrediction prediction(String id) {
        return predictions.find(id).orElseThrow(() -> new IllegalArgumentException("no prediction " + id));
    }

    /** Calls {@code other} for each call after it took effect and before it is answered. */
    public void watch(Consumer<Call> other) {
        watcher = other;
    }

    /** Replaces the probabilities of random faults, each from 0 to 1; prompts may still request faults. */
    public void misbehave(Map<Fault, Double> probabilities) {
        faults.set(FaultProbabilities.of(probabilities));
    }

    /** How many calls met each fault. */
    public Map<Fault, Integer> faultsMet() {
        return faults.met();
    }

    /** Sets how far the provider's clock is ahead of ours, or behind when negative. */
    public void setClockAhead(Duration other) {
        clockAhead = other;
    }

    /** Sets how late a late answer is; the default is 12 s. */
    public void setLate(Duration other) {
        answers.setLate(other);
    }

    /** Accepts no other key than this one from now on. */
    public void acceptOnly(String key) {
        accepted = ("Bearer " + key)::equals;
    }

    /** The time by the provider's clock. */
    private Instant now() {
        return Instant.now().plus(clockAhead);
    }

    private void handle(HttpExchange exchange) throws IOException {
        if (isImageSent(exchange)) {
            return;
        }
        var path = exchange.getRequestURI().getPath();
        var body = exchange.getRequestBody().readAllBytes();
        var authorization = exchange.getRequestHeaders().getFirst("Authorization");
        if (SimulatorAdmin.serves(path)) {
            admin.handle(exchange, path, body);
        } else if (authorization == null || !accepted.test(authorization)) {
            SimulatorAnswers.error(exchange, 401, "Unauthorized");
        } else {
            api(exchange, path, body);
        }
    }

    /** Answers a request for an image, which needs no key; false for other requests. */
    private boolean isImageSent(HttpExchange exchange) throws IOException {
        var image = IMAGE.matcher(String.valueOf(exchange.getRequestURI().getPath()));
        boolean isWanted = image.matches() && Set.of("GET", "HEAD").contains(exchange.getRequestMethod());
        if (isWanted) {
            results.image(exchange, image.group(1), Integer.parseInt(image.group(2)));
        }
        return isWanted;
    }

    private void api(HttpExchange exchange, String path, byte[] body) throws IOException {
        var result = RESULT.matcher(path);
        var submit = SUBMIT.matcher(path);
        if ("GET".equals(exchange.getRequestMethod()) && result.matches()) {
            results.result(exchange, result.group(1), () -> watcher.accept(Call.RESULT));
        } else if (SimulatedCatalogue.serves(exchange)) {
            catalogue.handle(exchange, body);
        } else if (SimulatedBill.serves(exchange)) {
            bill.handle(exchange, body);
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
