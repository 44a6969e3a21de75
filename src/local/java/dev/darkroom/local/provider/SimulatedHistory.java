package dev.darkroom.local.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The simulated provider's history: predictions filtered and in pages, newest first. */
final class SimulatedHistory {

    private static final JsonMapper JSON = new JsonMapper();

    private static final int MAX_PAGE = 100;
    private static final int SHORT_PAGE = 10;

    private SimulatedHistory() {}

    static ObjectNode page(
            Collection<SimulatedPrediction> predictions,
            JsonNode filter,
            Optional<Fault> fault,
            SimulatorAddresses addresses,
            Instant now) {
        var after = time(filter, "created_after").orElse(Instant.MIN);
        var before = time(filter, "created_before").orElse(Instant.MAX);
        int page = Math.max(1, filter.path("page").asInt(1));
        int longest = fault.equals(Optional.of(Fault.HISTORY_SHORT_PAGES)) ? SHORT_PAGE : MAX_PAGE;
        int size = Math.clamp(filter.path("page_size").asInt(MAX_PAGE), 1, longest);
        var envelope = JSON.createObjectNode().put("code", 200).put("message", "success");
        var data = envelope.putObject("data").put("page", page);
        var items = data.putArray("items");
        predictions.stream()
                .filter(prediction ->
                        filter.path("model").asText(prediction.model()).equals(prediction.model()))
                .filter(prediction -> !prediction.createdAt().isBefore(after)
                        && !prediction.createdAt().isAfter(before))
                .sorted(Comparator.comparing(SimulatedPrediction::createdAt).reversed())
                .skip((page - 1L) * size)
                .limit(size)
                .forEach(prediction -> items.add(prediction.entry(addresses, now)));
        if (items.isEmpty() && fault.equals(Optional.of(Fault.HISTORY_NULL_ITEMS))) {
            data.putNull("items");
        }
        return envelope;
    }

    private static Optional<Instant> time(JsonNode filter, String name) {
        return Optional.ofNullable(filter.path(name).textValue()).map(Instant::parse);
    }
}
