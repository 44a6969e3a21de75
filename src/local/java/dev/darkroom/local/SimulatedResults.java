package dev.darkroom.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.Fault.Kind;
import dev.darkroom.local.Faults.Subject;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** What the simulated provider says of its predictions: results, the history and the images. */
final class SimulatedResults {

    private static final JsonMapper JSON = new JsonMapper();

    private final URI provider;
    private final Faults faults;
    private final SimulatedPredictions predictions;
    private final SimulatorAnswers answers;
    private final AtomicInteger results = new AtomicInteger();

    SimulatedResults(URI provider, Faults faults, SimulatedPredictions predictions, SimulatorAnswers answers) {
        this.provider = provider;
        this.faults = faults;
        this.predictions = predictions;
        this.answers = answers;
    }

    /** How often a result was asked for. */
    int results() {
        return results.get();
    }

    /** {@code asked} is called before it is answered. */
    void result(HttpExchange exchange, String id, Runnable asked) throws IOException {
        results.incrementAndGet();
        asked.run();
        var prediction = predictions.find(id);
        if (prediction.isEmpty()) {
            SimulatorAnswers.error(exchange, 404, "task not found");
            return;
        }
        var fault = faults.of(new Subject(Kind.RESULT, prediction.get()));
        var envelope = prediction.get().envelope(provider, Instant.now());
        fault.ifPresent(one -> FalseContent.apply(one, envelope.withObject("/data"), prediction.get(), provider));
        answers.send(exchange, manner(fault), envelope);
    }

    void history(HttpExchange exchange, byte[] body) throws IOException {
        JsonNode filter;
        try {
            filter = JSON.readTree(body);
        } catch (JsonProcessingException _) {
            SimulatorAnswers.error(exchange, 400, "Invalid JSON");
            return;
        }
        var fault = faults.of(new Subject(Kind.HISTORY, filter.path("model").asText(), "", ""));
        answers.send(exchange, manner(fault), History.page(predictions.all(), filter, fault, provider, Instant.now()));
    }

    private static Manner manner(Optional<Fault> fault) {
        return fault.map(Fault::manner).orElse(Manner.PLAIN);
    }

    void output(HttpExchange exchange, String id, int number) throws IOException {
        var prediction = predictions.find(id).filter(one -> number < one.images());
        if (prediction.isPresent()) {
            Http.answer(
                    exchange,
                    200,
                    Map.of("Content-Type", "image/png"),
                    prediction.get().png(number));
        } else {
            SimulatorAnswers.error(exchange, 404, "no such output");
        }
    }
}
