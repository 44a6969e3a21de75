package dev.darkroom.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;

/** Finds the rule by which the provider charges for a model, by the prices of different inputs. It never guesses. */
final class PriceProbe {

    private static final int MAX_QUESTIONS = 200;

    private final LiveModel model;
    private final Optional<String> images;
    private final Function<ObjectNode, OptionalLong> price;

    /**
     * @param images the parameter that says how many images a call makes
     * @param price what the provider charges for an input, in micro-dollars
     */
    PriceProbe(LiveModel model, Optional<String> images, Function<ObjectNode, OptionalLong> price) {
        this.model = model;
        this.images = images;
        this.price = price;
    }

    /**
     * @param rule as in a model file; {@code null} where none is established
     * @param reason why none is established, empty otherwise
     */
    record Finding(JsonNode rule, String reason) {
        private static Finding none(String reason) {
            return new Finding(NullNode.getInstance(), reason);
        }
    }

    Finding find() {
        var usual = usualInput();
        var usualPrice = price.apply(usual);
        if (usualPrice.isEmpty()) {
            return Finding.none("the provider names no price");
        }
        var unknown = notListedInFormula();
        if (unknown.isPresent()) {
            return Finding.none("the price depends on %s, whose values are not listed".formatted(unknown.get()));
        }
        var deciding = deciding(usual, usualPrice);
        if (deciding.values().stream().mapToLong(List::size).reduce(1, (a, b) -> a * (b + 1)) > MAX_QUESTIONS) {
            return Finding.none("the price depends on too many parameters: " + String.join(", ", deciding.keySet()));
        }
        var rule = rule(usual, List.copyOf(deciding.keySet()), deciding);
        if (rule.isEmpty()) {
            return Finding.none(
                    "the provider names no price for some values of " + String.join(", ", deciding.keySet()));
        }
        return times(usual, usualPrice.getAsLong(), rule.get());
    }

    /** The prompt, every default, and a value of each other required parameter. */
    private ObjectNode usualInput() {
        var input = JsonNodeFactory.instance.objectNode();
        model.parameters().forEach((name, parameter) -> {
            if (parameter.has("default")) {
                input.set(name, parameter.get("default"));
            } else if (model.requires(name)) {
                input.set(name, anyValue(parameter));
            }
        });
        return input;
    }

    private static JsonNode anyValue(ObjectNode parameter) {
        return values(parameter).stream()
                .findFirst()
                .orElseGet(() -> switch (parameter.path("type").asText()) {
                    case "string" -> JsonNodeFactory.instance.textNode("a cat");
                    default -> parameter.path("minimum").isNumber() ? parameter.path("minimum") : IntNode.valueOf(1);
                });
    }

    /** The values that a parameter lists. */
    private static List<JsonNode> values(ObjectNode parameter) {
        return parameter.path("type").asText().equals("boolean")
                ? List.of(BooleanNode.FALSE, BooleanNode.TRUE)
                : parameter.path("enum").valueStream().toList();
    }

    /** A parameter in the provider's formula whose values are not listed, so that they cannot all be asked for. */
    private Optional<String> notListedInFormula() {
        return model.parameters().entrySet().stream()
                .filter(parameter -> values(parameter.getValue()).isEmpty())
                .map(Map.Entry::getKey)
                .filter(name -> !images.equals(Optional.of(name)))
                .filter(name -> Pattern.compile("\\b%s\\b".formatted(Pattern.quote(name)))
                        .matcher(model.formula())
                        .find())
                .findFirst();
    }

    /** The parameters that change the price, each with its values. */
    private Map<String, List<JsonNode>> deciding(ObjectNode usual, OptionalLong usualPrice) {
        var deciding = new LinkedHashMap<String, List<JsonNode>>();
        model.parameters().forEach((name, parameter) -> {
            var values = values(parameter);
            boolean decides = !images.equals(Optional.of(name))
                    && values.stream()
                            .anyMatch(value ->
                                    !price.apply(with(usual, name, value)).equals(usualPrice));
            if (decides) {
                deciding.put(name, values);
            }
        });
        return deciding;
    }

    /** Empty when the provider names no price for some input. */
    private Optional<JsonNode> rule(ObjectNode input, List<String> open, Map<String, List<JsonNode>> deciding) {
        if (open.isEmpty()) {
            var found = price.apply(input);
            return found.isEmpty() ? Optional.empty() : Optional.of(LongNode.valueOf(found.getAsLong()));
        }
        var name = open.getFirst();
        var rest = open.subList(1, open.size());
        var rule = JsonNodeFactory.instance.objectNode().put("by", name);
        var prices = rule.putObject("values");
        for (var value : deciding.getOrDefault(name, List.of())) {
            var one = rule(with(input, name, value), rest, deciding);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            prices.set(value.asText(), one.get());
        }
        if (!input.has(name)) {
            rule(input, rest, deciding).ifPresent(absent -> rule.set("absent", absent));
        }
        return Optional.of(rule);
    }

    private Finding times(ObjectNode usual, long usualPrice, JsonNode rule) {
        if (images.isEmpty()) {
            return new Finding(rule, "");
        }
        var name = images.get();
        var one = price.apply(with(usual, name, IntNode.valueOf(1)));
        var two = price.apply(with(usual, name, IntNode.valueOf(2)));
        boolean isUsual = one.equals(OptionalLong.of(usualPrice));
        if (isUsual && two.equals(OptionalLong.of(2 * usualPrice))) {
            var times = JsonNodeFactory.instance.objectNode();
            times.set("base", rule);
            return new Finding(times.put("times", name), "");
        }
        return isUsual && two.equals(one)
                ? new Finding(rule, "")
                : Finding.none("the price is not that of one image times " + name);
    }

    private static ObjectNode with(ObjectNode input, String name, JsonNode value) {
        var changed = input.deepCopy();
        changed.set(name, value);
        return changed;
    }
}
