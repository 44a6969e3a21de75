package dev.darkroom.local.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.local.provider.Fault.Kind;
import dev.darkroom.local.provider.FaultInjector.Subject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** All predictions that the simulator has made. */
final class SimulatedPredictions {

    private static final Pattern SECONDS = Pattern.compile("\\[(\\d{1,3}) s]");

    private final Duration imageTime;
    private final InstantSource providerClock;
    private final FaultInjector faults;
    private final SimulatedModels models;
    private final Map<String, SimulatedPrediction> byId = new ConcurrentHashMap<>();
    private volatile int longSide = ImagePainter.LONG_SIDE;

    /** {@code imageTime} is how long an image takes. */
    SimulatedPredictions(
            Duration imageTime, InstantSource providerClock, FaultInjector faults, SimulatedModels models) {
        this.imageTime = imageTime;
        this.providerClock = providerClock;
        this.faults = faults;
        this.models = models;
    }

    /** What the provider would change silently in an input, a sentence; empty when it would change nothing. */
    Optional<String> problem(String model, JsonNode input) {
        return models.problem(model, input);
    }

    /** Sets the longer side of the images of later predictions, in pixels. */
    void setLongSide(int pixels) {
        longSide = pixels;
    }

    /** Creates a prediction; {@code input} must have a prompt. */
    SimulatedPrediction create(String model, JsonNode input) {
        var now = Instant.now();
        var id = UUID.randomUUID().toString().replace("-", "");
        var outcome =
                faults.of(new Subject(Kind.OUTCOME, model, input.path("prompt").asText(), id));
        var drawing = drawingTime(input.path("prompt").asText());
        var prediction = new SimulatedPrediction(
                id, model, input, providerClock.instant(), drawing, now.plus(drawing), longSide, outcome);
        byId.put(id, prediction);
        return prediction;
    }

    /** A prompt may say how long its images take: {@code [60 s]}. */
    private Duration drawingTime(String prompt) {
        var wanted = SECONDS.matcher(prompt);
        return wanted.find() ? Duration.ofSeconds(Long.parseLong(wanted.group(1))) : imageTime;
    }

    Optional<SimulatedPrediction> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    Collection<SimulatedPrediction> all() {
        return byId.values();
    }

    List<String> ids() {
        return List.copyOf(byId.keySet());
    }

    /** The predictions that the provider bills: all but the failed ones. */
    Stream<SimulatedPrediction> billed() {
        return byId.values().stream().filter(prediction -> !prediction.fails());
    }

    int billedImages() {
        return billed().mapToInt(SimulatedPrediction::images).sum();
    }

    /** How many predictions were made from each input, by the JSON of the input. */
    Map<String, Long> inputs() {
        return byId.values().stream()
                .collect(Collectors.groupingBy(prediction -> prediction.input().toString(), Collectors.counting()));
    }
}
