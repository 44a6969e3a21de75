package dev.darkroom.local.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Set;

/** The simulated provider's models, prices and balance. None of these calls creates anything. */
final class SimulatedCatalogue {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String MODELS = "GET /api/v3/models";
    private static final String PRICE = "POST /api/v3/model/price";
    private static final String UNIT_PRICE = "POST /api/v3/model/pricing";
    private static final String BALANCE = "GET /api/v3/balance";
    private static final Set<String> CALLS = Set.of(MODELS, PRICE, UNIT_PRICE, BALANCE);

    /** In US dollars. */
    private static final BigDecimal CREDIT = BigDecimal.valueOf(100);

    private final SimulatedModels models;
    private final SimulatedBill bill;

    /** A question that has no answer. */
    private static final class Refused extends Exception {

        private final int status;

        Refused(int status, String message) {
            super(message, null, false, false);
            this.status = status;
        }
    }

    SimulatedCatalogue(SimulatedModels models, SimulatedBill bill) {
        this.models = models;
        this.bill = bill;
    }

    static boolean serves(HttpExchange exchange) {
        return CALLS.contains(call(exchange));
    }

    private static String call(HttpExchange exchange) {
        return exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    }

    void handle(HttpExchange exchange, byte[] body) throws IOException {
        var envelope = JSON.createObjectNode().put("code", 200).put("message", "success");
        try {
            envelope.set(
                    "data",
                    switch (call(exchange)) {
                        case MODELS -> entries();
                        case BALANCE -> JSON.createObjectNode().put("balance", balance());
                        case PRICE -> price(json(body));
                        case String _ -> unitPrice(json(body));
                    });
            Http.answerJson(exchange, 200, JSON.writeValueAsString(envelope));
        } catch (Refused e) {
            SimulatorAnswers.error(exchange, e.status, String.valueOf(e.getMessage()));
        }
    }

    private ArrayNode entries() {
        var entries = JSON.createArrayNode();
        models.all().forEach(model -> entries.add(model.entry()));
        return entries;
    }

    /** What is left of the credit after the bill. */
    private BigDecimal balance() {
        return CREDIT.subtract(bill.total());
    }

    private ObjectNode price(JsonNode question) throws Refused {
        var model = model(question);
        var price = price(model, question.path("inputs"));
        return JSON.createObjectNode()
                .put("model_id", model.id())
                .put("price", price)
                .put("discounted_price", price)
                .put("discount_rate", 0)
                .put("currency", "USD");
    }

    private ObjectNode unitPrice(JsonNode question) throws Refused {
        var model = model(question);
        return JSON.createObjectNode()
                .put("model_id", model.id())
                .put("unit_price", price(model, question.path("inputs")))
                .put("currency", "USD");
    }

    private SimulatedModel model(JsonNode question) throws Refused {
        return models.find(question.path("model_id").asText()).orElseThrow(() -> new Refused(404, "model not found"));
    }

    /** The provider also prices a part of an input, or none: {@code inputs} may lack the prompt. */
    private static BigDecimal price(SimulatedModel model, JsonNode inputs) throws Refused {
        var input = JSON.createObjectNode().put("prompt", "any");
        inputs.properties().forEach(parameter -> input.set(parameter.getKey(), parameter.getValue()));
        var problem = model.problem(input);
        if (problem.isPresent()) {
            throw new Refused(400, problem.get());
        }
        return model.price(input).orElseThrow(() -> new Refused(404, "the simulator has no price of " + model.id()));
    }

    private static JsonNode json(byte[] body) throws IOException, Refused {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException _) {
            throw new Refused(400, "Invalid JSON");
        }
    }
}
