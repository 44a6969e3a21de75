package dev.darkroom.provider.wavespeed.wire;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.PredictionId;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** A prediction as the provider writes it. Only {@code id} and {@code status} can be relied on. */
public record Prediction(JsonNode data) {

    private static final int MODERATED = 1200;
    private static final long MAX_INFERENCE = Duration.ofDays(7).toMillis();

    /** The prediction's progress, in the gateway's terms. */
    enum Progress {
        RUNNING,
        COMPLETED,
        FAILED
    }

    public Optional<PredictionId> id() {
        var id = data.path("id");
        return id.isTextual() || id.isIntegralNumber() ? PredictionId.parse(id.asText()) : Optional.empty();
    }

    /** Whether the prediction has this id, or has none. */
    boolean isAbout(PredictionId asked) {
        var id = data.path("id").asText("");
        return id.isEmpty() || id.equals(asked.value());
    }

    /**
     * An unknown status means that the prediction is still running. Documented or seen are created, processing,
     * pending, completed, failed, cancelled, timeout and deleted; the others are their usual spellings.
     */
    Progress progress() {
        return switch (status().toLowerCase(Locale.ROOT).replace('-', '_').replace(' ', '_')) {
            case "completed", "complete", "succeeded", "success" -> Progress.COMPLETED;
            case "failed", "failure", "error", "cancelled", "canceled", "timeout", "timed_out", "timedout", "deleted" ->
                Progress.FAILED;
            default -> Progress.RUNNING;
        };
    }

    Outputs outputs() {
        return Outputs.of(data.path("outputs"), data.path("has_nsfw_contents"));
    }

    /** In milliseconds on the wire; zero when it is missing or not possible. */
    Duration inference() {
        long millis = data.path("timings").path("inference").asLong(0);
        return millis < 0 || millis > MAX_INFERENCE ? Duration.ZERO : Duration.ofMillis(millis);
    }

    /** Refused by the provider's content moderation. */
    boolean isModerated() {
        return data.path("code").asInt(0) == MODERATED;
    }

    String status() {
        return data.path("status").asText("").strip();
    }

    String error() {
        return ErrorText.of(data.path("error"));
    }
}
