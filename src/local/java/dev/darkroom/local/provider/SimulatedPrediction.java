package dev.darkroom.local.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A prediction of the simulator.
 *
 * @param createdAt by the provider's clock
 * @param drawing how long its images take
 * @param readyAt by our clock
 * @param longSide of its images, in pixels
 * @param outcome the fault with which it ends, if any
 */
record SimulatedPrediction(
        String id,
        String model,
        JsonNode input,
        Instant createdAt,
        Duration drawing,
        Instant readyAt,
        int longSide,
        Optional<Fault> outcome) {

    private static final JsonMapper JSON = new JsonMapper();
    /** The provider's code of a failure by its moderation. */
    private static final int MODERATION = 1200;

    private static final Pattern RATIO = Pattern.compile("[1-9]\\d{0,4}:[1-9]\\d{0,4}");

    String prompt() {
        return input.path("prompt").asText();
    }

    /** Width to height, such as {@code 16:9}: by whichever parameter the model has for it. */
    String aspectRatio() {
        if (input.has("width") && input.has("height")) {
            return input.path("width").asText() + ":" + input.path("height").asText();
        }
        var size =
                input.path("aspect_ratio").asText(input.path("size").asText()).replace('*', ':');
        return RATIO.matcher(size).matches() ? size : "1:1";
    }

    int images() {
        return input.path("num_images").asInt(1);
    }

    boolean fails() {
        return outcome.equals(Optional.of(Fault.FAIL)) || isModerated();
    }

    private boolean isModerated() {
        return outcome.equals(Optional.of(Fault.MODERATED));
    }

    /** Empty unless it fails. */
    private String error() {
        if (isModerated()) {
            return "the simulator's moderation refused the prompt as requested";
        }
        return fails() ? "the simulator failed as requested" : "";
    }

    /** The addresses of the images that it ends with. */
    List<String> outputs(SimulatorAddresses addresses) {
        return IntStream.range(0, fails() ? 0 : images())
                .mapToObj(number -> addresses.image(id, number))
                .toList();
    }

    /** One of its images as a PNG. */
    byte[] png(int number) {
        return ImagePainter.png(prompt(), aspectRatio(), longSide, id.hashCode() + number);
    }

    /** The prediction at the time {@code now}, in the provider's envelope. */
    ObjectNode envelope(SimulatorAddresses addresses, Instant now) {
        var envelope = JSON.createObjectNode().put("code", 200).put("message", "success");
        envelope.set("data", data(addresses, now));
        return envelope;
    }

    /** The entry of the history, which also has the input. */
    ObjectNode entry(SimulatorAddresses addresses, Instant now) {
        var data = data(addresses, now);
        data.set("input", input);
        return data;
    }

    private ObjectNode data(SimulatorAddresses addresses, Instant now) {
        var data = JSON.createObjectNode().put("id", id).put("model", model);
        boolean ready = !now.isBefore(readyAt);
        var outputs = data.putArray("outputs");
        data.putObject("urls").put("get", addresses.result(id));
        var nsfw = data.putArray("has_nsfw_contents");
        if (ready) {
            outputs(addresses).forEach(output -> {
                outputs.add(output);
                nsfw.add(outcome.equals(Optional.of(Fault.NSFW)));
            });
        }
        data.put("status", ready ? fails() ? "failed" : "completed" : "processing");
        // The provider writes nine digits of a second.
        data.put("created_at", createdAt.plusNanos(123).toString());
        data.put("error", ready ? error() : "");
        if (ready && isModerated()) {
            data.put("code", MODERATION);
        }
        data.putObject("timings").put("inference", ready ? drawing.toMillis() : 0);
        return data;
    }
}
