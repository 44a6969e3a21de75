package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What becomes of a parameter when another model draws. */
sealed interface FieldRule {

    /**
     * The value goes to the parameter {@code to}.
     *
     * @param values what each value becomes; empty when values stay as they are
     */
    record Rename(String to, Map<String, JsonNode> values) implements FieldRule {
        public Rename {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // in their order, for errors
        }
    }

    /** The value is left out, with a warning that has the reason. */
    record Drop(String reason) implements FieldRule {}

    /** {@code text}, with the value in place of {@code {}}, is appended to the prompt. */
    record Append(String text) implements FieldRule {
        String with(String value) {
            return text.replace("{}", value);
        }
    }

    /** The value says how many requests are sent, each for one image. */
    record FanOut() implements FieldRule {}

    /** A request that has the parameter is refused. */
    record Refuse(String reason) implements FieldRule {}

    /** Reads a rule that fits the schema of model files; two kinds at once are an IllegalArgumentException. */
    static FieldRule of(String parameter, JsonNode rule) {
        var kinds = Set.of("rename", "drop", "append", "fanOut", "refuse").stream()
                .filter(rule::has)
                .toList();
        if (kinds.size() != 1) {
            throw new IllegalArgumentException(
                    "successor.map.%s must have one of rename, drop, append, fanOut and refuse".formatted(parameter));
        }
        return switch (kinds.getFirst()) {
            case "rename" -> {
                var values = new LinkedHashMap<String, JsonNode>();
                rule.path("values").properties().forEach(value -> values.put(value.getKey(), value.getValue()));
                yield new Rename(rule.path("rename").asText(), values);
            }
            case "drop" -> new Drop(rule.path("drop").asText());
            case "append" -> new Append(rule.path("append").asText());
            case "fanOut" -> new FanOut();
            default -> new Refuse(rule.path("refuse").asText());
        };
    }
}
