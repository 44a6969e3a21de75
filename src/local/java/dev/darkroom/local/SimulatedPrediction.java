package dev.darkroom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A prediction of the simulator. Like the provider it reads the parameters that it knows and drops the others.
 *
 * @param createdAt by the provider's clock
 * @param drawing how long it takes
 * @param readyAt by ours
 * @param outcome the fault that it ends with
 */
record SimulatedPrediction(
        String id,
        String model,
        JsonNode input,
        Instant createdAt,
        Duration drawing,
        Instant readyAt,
        Optional<Fault> outcome) {

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

    boolean fails() {
        return outcome.equals(Optional.of(Fault.FAIL));
    }

    /** The addresses of the images that it ends with. */
    List<String> outputs(URI provider) {
        return IntStream.range(0, fails() ? 0 : images())
                .mapToObj("%s/outputs/%s/%%d.png".formatted(provider, id)::formatted)
                .toList();
    }

    /** The image of one of them. */
    byte[] png(int number) {
        return ImagePainter.png(prompt(), aspectRatio(), id.hashCode() + number);
    }

    /** In the provider's envelope, as the prediction stands at {@code now}. */
    ObjectNode envelope(URI provider, Instant now) {
        var envelope = JSON.createObjectNode().put("code", 200).put("message", "success");
        envelope.set("data", data(provider, now));
        return envelope;
    }

    /** As an entry of the history: with its input. */
    ObjectNode entry(URI provider, Instant now) {
        var data = data(provider, now);
        data.set("input", input);
        return data;
    }

    private ObjectNode data(URI provider, Instant now) {
        var data = JSON.createObjectNode().put("id", id).put("model", model);
        boolean ready = !now.isBefore(readyAt);
        var outputs = data.putArray("outputs");
        data.putObject("urls").put("get", "%s/api/v3/predictions/%s/result".formatted(provider, id));
        var nsfw = data.putArray("has_nsfw_contents");
        if (ready) {
            outputs(provider).forEach(output -> {
                outputs.add(output);
                nsfw.add(outcome.equals(Optional.of(Fault.NSFW)));
            });
        }
        data.put("status", ready ? fails() ? "failed" : "completed" : "processing");
        // The provider gives nine digits.
        data.put("created_at", createdAt.plusNanos(123).toString());
        data.put("error", ready && fails() ? "the simulator was told to fail" : "");
        data.putObject("timings").put("inference", ready ? drawing.toMillis() : 0);
        return data;
    }
}
