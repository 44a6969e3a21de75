package dev.darkroom.local.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.local.provider.Fault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The probabilities of faults, as in the JSON {@code {"429": {"vendor/model": 1}, "result-500 for good": 0.05}}: one
 * for all models, or one for each of some models.
 */
record FaultProbabilities(Map<Likely, Double> probabilities) {

    static final FaultProbabilities NONE = new FaultProbabilities(Map.of());

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    FaultProbabilities {
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities));
    }

    /**
     * A fault with a probability.
     *
     * @param forGood whether one decision holds for all calls about the same subject, instead of one for each call
     * @param model empty for all models
     */
    record Likely(Fault fault, boolean forGood, Optional<String> model) {

        String title() {
            return fault.title() + (forGood ? Fault.FOR_GOOD : "");
        }
    }

    /** A body that is not valid; the text says why. */
    static final class Wrong extends RuntimeException {

        private final String what;

        Wrong(String what) {
            super(what, null, false, false);
            this.what = what;
        }

        String what() {
            return what;
        }
    }

    /** Probabilities for single calls, for all models. */
    static FaultProbabilities of(Map<Fault, Double> probabilities) {
        return new FaultProbabilities(probabilities.entrySet().stream()
                .collect(Collectors.toMap(
                        entry -> new Likely(entry.getKey(), false, Optional.empty()), Map.Entry::getValue)));
    }

    /** The probability that one call meets the fault. */
    double once(Fault fault, String model) {
        return of(fault, false, model);
    }

    /** The probability that all calls about one subject meet the fault. */
    double forGood(Fault fault, String model) {
        return of(fault, true, model);
    }

    boolean isAnyForGood() {
        return probabilities.keySet().stream().anyMatch(Likely::forGood);
    }

    private double of(Fault fault, boolean forGood, String model) {
        return probabilities.getOrDefault(
                new Likely(fault, forGood, Optional.of(model)),
                probabilities.getOrDefault(new Likely(fault, forGood, Optional.empty()), 0.0));
    }

    /** Parses a body; throws {@link Wrong} when it is not valid. */
    static FaultProbabilities parse(byte[] body) {
        if (!(json(body) instanceof ObjectNode object)) {
            throw new Wrong("the body must be a JSON object, {\"429\": 0.1}; {} switches all faults off");
        }
        var probabilities = new LinkedHashMap<Likely, Double>();
        object.properties().forEach(entry -> {
            var title = entry.getKey();
            if (entry.getValue() instanceof ObjectNode models && !models.isEmpty()) {
                models.properties()
                        .forEach(model -> probabilities.put(
                                likely(title, Optional.of(model.getKey())),
                                probability("%s of %s".formatted(title, model.getKey()), model.getValue())));
            } else {
                probabilities.put(likely(title, Optional.empty()), probability(title, entry.getValue()));
            }
        });
        return new FaultProbabilities(probabilities);
    }

    private static Likely likely(String title, Optional<String> model) {
        boolean forGood = title.endsWith(Fault.FOR_GOOD);
        var name = forGood ? title.substring(0, title.length() - Fault.FOR_GOOD.length()) : title;
        var fault = Fault.named(name)
                .orElseThrow(() -> new Wrong("%s is not a fault; the faults are: %s".formatted(name, allTitles())));
        if (forGood && fault.kind() == Kind.HISTORY) {
            throw new Wrong("%s cannot be for good, because it concerns no single prompt: set it to 1".formatted(name));
        }
        // What the bill says of a prediction does not change from one question to the next.
        return new Likely(fault, forGood || fault.kind() == Kind.BILL, model);
    }

    private static String allTitles() {
        return Arrays.stream(Fault.values()).map(Fault::title).collect(Collectors.joining(", "));
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException _) {
            throw new Wrong("the body is not valid JSON");
        }
    }

    private static double probability(String title, JsonNode value) {
        double probability = value.doubleValue();
        if (!value.isNumber() || !(probability >= 0 && probability <= 1)) {
            throw new Wrong(title + " must be a number from 0 to 1, or an object with one for each model");
        }
        return probability;
    }

    /** The JSON that {@link #parse} reads. */
    ObjectNode json() {
        var json = JSON.createObjectNode();
        probabilities.forEach((likely, probability) -> likely.model()
                .ifPresentOrElse(
                        model -> json.withObjectProperty(likely.title()).put(model, probability),
                        () -> json.put(likely.title(), probability)));
        return json;
    }
}
