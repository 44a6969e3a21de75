package dev.darkroom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The provider's list of predictions, filtered and by the page, newest first. */
final class History {

    private static final JsonMapper JSON = new JsonMapper();

    private History() {}

    static ObjectNode page(Collection<SimulatedPrediction> predictions, JsonNode filter, URI provider, Instant now) {
        var after = time(filter, "created_after").orElse(Instant.MIN);
        var before = time(filter, "created_before").orElse(Instant.MAX);
        int page = Math.max(1, filter.path("page").asInt(1));
        int size = Math.clamp(filter.path("page_size").asInt(100), 1, 100);
        var envelope = JSON.createObjectNode().put("code", 200).put("message", "success");
        var items = envelope.putObject("data").put("page", page).putArray("items");
        predictions.stream()
                .filter(prediction ->
                        filter.path("model").asText(prediction.model()).equals(prediction.model()))
                .filter(prediction -> !prediction.createdAt().isBefore(after)
                        && !prediction.createdAt().isAfter(before))
                .sorted(Comparator.comparing(SimulatedPrediction::createdAt).reversed())
                .skip((page - 1L) * size)
                .limit(size)
                .forEach(prediction -> items.add(prediction.entry(provider, now)));
        return envelope;
    }

    private static Optional<Instant> time(JsonNode filter, String name) {
        return Optional.ofNullable(filter.path(name).textValue()).map(Instant::parse);
    }
}
