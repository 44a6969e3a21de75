package dev.darkroom.provider.wavespeed.history;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.provider.wavespeed.wire.Prediction;
import dev.darkroom.provider.wavespeed.wire.PredictionInput;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * An entry of the provider's history.
 *
 * @param createdAt as the provider wrote it, ISO-8601
 */
record HistoryEntry(PredictionId id, String createdAt, PredictionInput input) {

    private static final Duration VERY_FAR = Duration.ofDays(7);

    /** Empty when the entry has no id. */
    static Optional<HistoryEntry> of(JsonNode entry) {
        return new Prediction(entry)
                .id()
                .map(id -> new HistoryEntry(
                        id, entry.path("created_at").asText(""), PredictionInput.of(entry.path("input"))));
    }

    /** The time between {@code time} and the entry's creation; very long when the entry does not say. */
    Duration distance(Instant time) {
        try {
            return Duration.between(time, Instant.parse(createdAt)).abs();
        } catch (DateTimeException _) {
            return VERY_FAR;
        }
    }
}
