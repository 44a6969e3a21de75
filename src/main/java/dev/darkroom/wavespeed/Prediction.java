package dev.darkroom.wavespeed;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.domain.Output;
import dev.darkroom.domain.PredictionId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A prediction as the provider writes it. Only {@code id} and {@code status} can be relied on. */
record Prediction(JsonNode data) {

    private static final int MODERATED = 1200;

    /** Where it stands, in our terms. */
    enum Progress {
        RUNNING,
        COMPLETED,
        FAILED
    }

    Optional<PredictionId> id() {
        return Optional.ofNullable(data.path("id").textValue()).flatMap(PredictionId::parse);
    }

    /** A status that we do not know means that it is still running. */
    Progress progress() {
        return switch (data.path("status").asText("")) {
            case "completed" -> Progress.COMPLETED;
            case "failed", "cancelled", "timeout", "deleted" -> Progress.FAILED;
            default -> Progress.RUNNING;
        };
    }

    /** Some models put objects with a {@code url} where others put the address itself; the nsfw list may be missing. */
    List<Output> outputs() {
        var nsfw = data.path("has_nsfw_contents");
        var outputs = new ArrayList<Output>();
        for (var output : data.path("outputs")) {
            var url = output.isObject() ? output.path("url").textValue() : output.textValue();
            if (url != null && !url.isBlank()) {
                outputs.add(new Output(url, nsfw.path(outputs.size()).asBoolean(false)));
            }
        }
        return outputs;
    }

    /** In milliseconds on the wire; zero when it is missing. */
    Duration inference() {
        return Duration.ofMillis(
                Math.max(0, data.path("timings").path("inference").asLong(0)));
    }

    /** Refused by the provider's content moderation. */
    boolean isModerated() {
        return data.path("code").asInt(0) == MODERATED;
    }

    String status() {
        return data.path("status").asText("");
    }

    String error() {
        return data.path("error").asText("");
    }
}
