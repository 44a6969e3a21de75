package dev.darkroom.wavespeed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.domain.PredictionId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** An entry of the provider's history. */
record PastPrediction(JsonNode data) {

    private static final JsonMapper JSON = new JsonMapper();

    /** A stored input, to compare with. */
    static JsonNode input(String stored) {
        try {
            return JSON.readTree(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored input is JSON", e);
        }
    }

    Optional<PredictionId> id() {
        return new Prediction(data).id();
    }

    /** How far from a time it was created; very far when the entry does not say. */
    Duration distance(Instant time) {
        try {
            return Duration.between(time, Instant.parse(data.path("created_at").asText("")))
                    .abs();
        } catch (DateTimeException _) {
            return Duration.ofDays(7);
        }
    }

    /**
     * Whether it was made from this input, field by field. What we left out the provider may have filled in with a number
     * (the seed that it drew with), but with nothing else. An entry without its input matches nothing: to adopt the wrong
     * prediction would be worse than to adopt none.
     */
    boolean isMadeFrom(JsonNode input) {
        var theirs = data.path("input");
        return theirs.isObject()
                && input.properties().stream().allMatch(ours -> same(ours.getValue(), theirs.path(ours.getKey())))
                && theirs.properties().stream()
                        .filter(field -> !input.has(field.getKey()))
                        .allMatch(field -> isFilledIn(field.getValue()));
    }

    /** A number like 1e999 is read as infinite, which no decimal is. */
    private static boolean same(JsonNode ours, JsonNode theirs) {
        return (ours.isNumber() && theirs.isNumber() && Double.isFinite(theirs.doubleValue()))
                ? ours.decimalValue().compareTo(theirs.decimalValue()) == 0
                : ours.equals(theirs);
    }

    private static boolean isFilledIn(JsonNode value) {
        return value.isNull()
                || value.isNumber()
                || value.isBoolean()
                || (value.isTextual() && value.asText().isEmpty());
    }
}
