package dev.darkroom.local.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.net.Http;
import dev.darkroom.local.provider.Fault.Kind;
import dev.darkroom.local.provider.FaultInjector.Subject;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers requests for results, the history and the images of the simulated provider. */
final class SimulatedResults {

    private static final JsonMapper JSON = new JsonMapper();

    private final SimulatorAddresses addresses;
    private final FaultInjector faults;
    private final SimulatedPredictions predictions;
    private final SimulatorAnswers answers;
    private final AtomicInteger results = new AtomicInteger();
    private final Set<String> withoutImages = ConcurrentHashMap.newKeySet();

    SimulatedResults(
            SimulatorAddresses addresses,
            FaultInjector faults,
            SimulatedPredictions predictions,
            SimulatorAnswers answers) {
        this.addresses = addresses;
        this.faults = faults;
        this.predictions = predictions;
        this.answers = answers;
    }

    /** How many requests for results came in. */
    int results() {
        return results.get();
    }

    /** Answers a request for a result; calls {@code asked} before that. */
    void result(HttpExchange exchange, String id, Runnable asked) throws IOException {
        results.incrementAndGet();
        asked.run();
        var prediction = predictions.find(id);
        if (prediction.isEmpty()) {
            SimulatorAnswers.error(exchange, 404, "task not found");
            return;
        }
        var fault = faults.of(new Subject(Kind.RESULT, prediction.get()));
        var envelope = prediction.get().envelope(addresses, Instant.now());
        fault.ifPresent(one -> FalseContent.apply(one, envelope.withObject("/data"), prediction.get(), addresses));
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
        answers.send(
                exchange,
                manner(fault),
                SimulatedHistory.page(predictions.all(), filter, fault, addresses, Instant.now()));
    }

    private static Manner manner(Optional<Fault> fault) {
        return fault.map(Fault::manner).orElse(Manner.PLAIN);
    }

    /** Deletes the images of a prediction. */
    void deleteImages(String id) {
        withoutImages.add(id);
    }

    void image(HttpExchange exchange, String id, int number) throws IOException {
        var prediction = predictions.find(id).filter(one -> number < one.images() && !withoutImages.contains(id));
        if (prediction.isPresent()) {
            Http.answer(
                    exchange,
                    200,
                    Map.of("Content-Type", "image/png"),
                    prediction.get().png(number));
        } else {
            SimulatorAnswers.error(exchange, 404, "no such image");
        }
    }
}
