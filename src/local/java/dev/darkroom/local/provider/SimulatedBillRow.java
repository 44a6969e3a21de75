package dev.darkroom.local.provider;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;

/**
 * A row of the simulated provider's bill.
 *
 * @param at by the provider's clock
 * @param price in US dollars, also of a refund not negative
 */
record SimulatedBillRow(Type type, String prediction, String model, String status, BigDecimal price, Instant at) {

    private static final JsonMapper JSON = new JsonMapper();

    /** What the row does to the account, by the provider's names in lower case. */
    enum Type {
        DEDUCT,
        REFUND
    }

    static SimulatedBillRow of(Type type, SimulatedPrediction prediction, BigDecimal price) {
        return new SimulatedBillRow(
                type,
                prediction.id(),
                prediction.model(),
                prediction.fails() ? "failed" : "completed",
                price,
                prediction.createdAt());
    }

    SimulatedBillRow ofTwice() {
        return new SimulatedBillRow(type, prediction, model, status, price.add(price), at);
    }

    SimulatedBillRow ofUnknownPrediction() {
        return new SimulatedBillRow(type, hex("unknown " + prediction), model, status, price, at);
    }

    /** The same for the same row. */
    String id() {
        return hex(type + " " + prediction);
    }

    BigDecimal signedAmount() {
        return type == Type.REFUND ? price.negate() : price;
    }

    /** As the provider's documentation shows it. */
    ObjectNode json() {
        var row = JSON.createObjectNode()
                .put("uuid", id())
                .put("billing_type", type.name().toLowerCase(Locale.ROOT))
                .put("price", price)
                .put("created_at", at.toString())
                .put("updated_at", at.toString());
        row.putObject("order")
                .put("uuid", hex("order " + prediction))
                .put("state", "done")
                .put("price", price)
                .put("origin_price", price)
                .put("status", "")
                .put("ak_id", 0);
        row.putObject("prediction")
                .put("uuid", prediction)
                .put("model_uuid", model)
                .put("status", status);
        return row.put("access_key_name", "");
    }

    private static String hex(String name) {
        return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
    }
}
