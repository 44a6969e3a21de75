package dev.darkroom.local.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.net.Http;
import dev.darkroom.local.provider.Fault.Kind;
import dev.darkroom.local.provider.FaultInjector.Subject;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The simulated provider's bill: what it charged for its predictions, and what it refunded. Failed predictions cost
 * nothing, unless a fault says so.
 *
 * @see <a href="https://wavespeed.ai/docs/docs-common-api/billings">Billings API</a>
 */
final class SimulatedBill {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PATH = "/api/v3/billings/search";
    private static final int MAX_PAGE = 100;

    private final SimulatedModels models;
    private final SimulatedPredictions predictions;
    private final FaultInjector faults;

    SimulatedBill(SimulatedModels models, SimulatedPredictions predictions, FaultInjector faults) {
        this.models = models;
        this.predictions = predictions;
        this.faults = faults;
    }

    static boolean serves(HttpExchange exchange) {
        return "POST".equals(exchange.getRequestMethod())
                && PATH.equals(exchange.getRequestURI().getPath());
    }

    void handle(HttpExchange exchange, byte[] body) throws IOException {
        JsonNode filter;
        try {
            filter = JSON.readTree(body);
        } catch (JsonProcessingException _) {
            SimulatorAnswers.error(exchange, 400, "Invalid JSON");
            return;
        }
        int page = filter.path("page").asInt();
        int size = filter.path("page_size").asInt();
        if (page < 1 || size < 1 || size > MAX_PAGE) {
            SimulatorAnswers.error(exchange, 400, "page must be 1 or more, and page_size 1 to 100");
            return;
        }
        Http.answerJson(exchange, 200, JSON.writeValueAsString(page(matching(filter), page, size)));
    }

    private List<SimulatedBillRow> matching(JsonNode filter) {
        var oldestFirst = Comparator.comparing(SimulatedBillRow::at).thenComparing(SimulatedBillRow::id);
        var order = "created_at ASC".equals(filter.path("sort").asText()) ? oldestFirst : oldestFirst.reversed();
        var wanted = filter.path("prediction_uuids")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
        var from = time(filter, "start_time").orElse(Instant.MIN);
        var until = time(filter, "end_time").orElse(Instant.MAX);
        return rows().filter(row -> wanted.isEmpty() || wanted.contains(row.prediction()))
                .filter(row -> !row.at().isBefore(from) && !row.at().isAfter(until))
                .sorted(order)
                .toList();
    }

    private static Optional<Instant> time(JsonNode filter, String name) {
        return Optional.ofNullable(filter.path(name).textValue())
                .map(Long::parseLong)
                .map(Instant::ofEpochMilli);
    }

    private static ObjectNode page(List<SimulatedBillRow> rows, int page, int size) {
        var envelope = JSON.createObjectNode().put("code", 200).put("message", "success");
        var data = envelope.putObject("data").put("page", page).put("total", rows.size());
        var items = data.putArray("items");
        rows.stream().skip((page - 1L) * size).limit(size).forEach(row -> items.add(row.json()));
        return envelope;
    }

    /** What the account has paid in all, in US dollars: charges without refunds. */
    BigDecimal total() {
        return rows().map(SimulatedBillRow::signedAmount).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private Stream<SimulatedBillRow> rows() {
        return predictions.all().stream().flatMap(this::rowsOf);
    }

    private Stream<SimulatedBillRow> rowsOf(SimulatedPrediction prediction) {
        var price = models.find(prediction.model()).flatMap(model -> model.price(prediction.input()));
        var fault = faults.forGood(new Subject(Kind.BILL, prediction));
        return price.stream().flatMap(amount -> rows(prediction, amount, fault));
    }

    private static Stream<SimulatedBillRow> rows(
            SimulatedPrediction prediction, BigDecimal price, Optional<Fault> fault) {
        var charge = SimulatedBillRow.of(SimulatedBillRow.Type.DEDUCT, prediction, price);
        var usual = prediction.fails() ? Stream.<SimulatedBillRow>empty() : Stream.of(charge);
        return switch (fault.orElse(null)) {
            case BILL_OTHER_PRICE -> Stream.of(charge.ofTwice());
            case BILL_MISSING -> Stream.empty();
            case BILL_REFUND -> Stream.of(charge, SimulatedBillRow.of(SimulatedBillRow.Type.REFUND, prediction, price));
            case BILL_FAILED -> Stream.of(charge);
            case BILL_UNKNOWN -> Stream.concat(usual, Stream.of(charge.ofUnknownPrediction()));
            case null, default -> usual;
        };
    }
}
