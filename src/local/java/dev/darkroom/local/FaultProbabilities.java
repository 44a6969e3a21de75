package dev.darkroom.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;

/** {@code {"429": 0.1, "history-500": 1}}: faults by name, and how likely each is. */
final class FaultProbabilities {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private FaultProbabilities() {}

    /** What is wrong with a body. */
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

    /** Throws {@link Wrong}. */
    static Map<Fault, Double> parse(byte[] body) {
        if (!(json(body) instanceof ObjectNode object)) {
            throw new Wrong("the body must be a JSON object, {\"429\": 0.1}; {} switches all faults off");
        }
        var probabilities = new EnumMap<Fault, Double>(Fault.class);
        object.properties()
                .forEach(entry -> probabilities.put(
                        Fault.named(entry.getKey()).orElseThrow(() -> new Wrong(entry.getKey() + " is no fault")),
                        probability(entry.getKey(), entry.getValue())));
        return probabilities;
    }

    private static JsonNode json(byte[] body) {
        try {
            return JSON.readTree(new String(body, StandardCharsets.UTF_8));
        } catch (JsonProcessingException _) {
            throw new Wrong("the body is no JSON");
        }
    }

    private static double probability(String fault, JsonNode value) {
        double probability = value.doubleValue();
        if (!value.isNumber() || probability < 0 || probability > 1) {
            throw new Wrong(fault + " must be a number from 0 to 1");
        }
        return probability;
    }

    static ObjectNode json(Map<Fault, ? extends Number> numbers) {
        var json = JSON.createObjectNode();
        numbers.forEach((fault, number) -> json.putPOJO(fault.title(), number));
        return json;
    }
}
