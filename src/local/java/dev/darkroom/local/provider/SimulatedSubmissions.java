package dev.darkroom.local.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.provider.Fault.Kind;
import dev.darkroom.local.provider.FaultInjector.Subject;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** The simulated provider's submissions: each one that it does not refuse creates a prediction. */
final class SimulatedSubmissions {

    private static final JsonMapper JSON = new JsonMapper();

    private final SimulatorAddresses addresses;
    private final FaultInjector faults;
    private final SimulatedPredictions predictions;
    private final SimulatedWebhooks webhooks;
    private final SimulatorAnswers answers;
    private final AtomicInteger posts = new AtomicInteger();

    SimulatedSubmissions(
            SimulatorAddresses addresses,
            FaultInjector faults,
            SimulatedPredictions predictions,
            SimulatedWebhooks webhooks,
            SimulatorAnswers answers) {
        this.addresses = addresses;
        this.faults = faults;
        this.predictions = predictions;
        this.webhooks = webhooks;
        this.answers = answers;
    }

    /** How many submissions came in, including refused ones. */
    int posts() {
        return posts.get();
    }

    /** Handles a submission; calls {@code created} after it created a prediction and before it answers. */
    void handle(HttpExchange exchange, String model, byte[] body, Runnable created) throws IOException {
        posts.incrementAndGet();
        JsonNode input;
        try {
            input = JSON.readTree(body);
        } catch (JsonProcessingException _) {
            SimulatorAnswers.error(exchange, 400, "Invalid JSON");
            return;
        }
        if (!input.path("prompt").isTextual()) {
            SimulatorAnswers.error(exchange, 400, "prompt is required");
            return;
        }
        var problem = predictions.problem(model, input);
        if (problem.isPresent()) {
            SimulatorAnswers.error(exchange, 400, problem.get());
            return;
        }
        var fault =
                faults.of(new Subject(Kind.SUBMIT, model, input.path("prompt").textValue(), ""));
        var manner = fault.map(Fault::manner).orElse(Manner.PLAIN);
        if (fault.isPresent() && !fault.get().isCreated()) {
            answers.send(exchange, manner, JSON.createObjectNode());
            return;
        }
        var prediction = predictions.create(model, input);
        webhooks.register(prediction, exchange.getRequestURI().getQuery());
        created.run();
        answers.send(exchange, manner, prediction.envelope(addresses, Instant.now()));
    }
}
