package dev.darkroom.wavespeed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.domain.PredictionId;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the provider's history.
 *
 * @param createdAt as it stands, ISO-8601
 */
record PastPrediction(PredictionId id, String createdAt, PredictionInput input) {

    private static final Duration VERY_FAR = Duration.ofDays(7);

    /** Empty when it has no id. */
    static Optional<PastPrediction> of(JsonNode entry) {
        return new Prediction(entry)
                .id()
                .map(id -> new PastPrediction(
                        id, entry.path("created_at").asText(""), PredictionInput.of(entry.path("input"))));
    }

    /** How far from a time it was created; very far when the entry does not say. */
    Duration distance(Instant time) {
        try {
            return Duration.between(time, Instant.parse(createdAt)).abs();
        } catch (DateTimeException _) {
            return VERY_FAR;
        }
    }
}
