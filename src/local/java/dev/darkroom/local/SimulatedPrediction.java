package dev.darkroom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/** A prediction of the simulator. Like the provider it reads the parameters that it knows and drops the others. */
record SimulatedPrediction(String id, String model, JsonNode input, Instant createdAt, Instant readyAt) {

    private static final JsonMapper JSON = new JsonMapper();

    String prompt() {
        return input.path("prompt").asText();
    }

    String aspectRatio() {
        return input.path("aspect_ratio").asText("1:1");
    }

    int images() {
        return input.path("num_images").asInt(1);
    }

    /** In the provider's envelope, as the prediction stands at {@code now}. */
    ObjectNode envelope(URI provider, Instant now) {
        var envelope = JSON.createObjectNode().put("code", 200).put("message", "success");
        var data = envelope.putObject("data").put("id", id).put("model", model);
        boolean ready = !now.isBefore(readyAt);
        boolean failed = ready && prompt().contains("[fail]");
        var outputs = data.putArray("outputs");
        data.putObject("urls").put("get", "%s/api/v3/predictions/%s/result".formatted(provider, id));
        var nsfw = data.putArray("has_nsfw_contents");
        for (int i = 0; ready && !failed && i < images(); i++) {
            outputs.add("%s/outputs/%s/%d.png".formatted(provider, id, i));
            nsfw.add(prompt().contains("[nsfw]"));
        }
        data.put("status", failed ? "failed" : ready ? "completed" : "processing");
        // The provider gives nine digits.
        data.put("created_at", createdAt.plusNanos(123).toString());
        data.put("error", failed ? "the simulator was told to fail" : "");
        data.putObject("timings")
                .put("inference", ready ? Duration.between(createdAt, readyAt).toMillis() : 0);
        return envelope;
    }
}
