package dev.darkroom.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/** The prices of all combinations of some parameters' values, as the rule of a model file. */
final class CombinedPrices {

    private final Map<String, List<JsonNode>> values;
    private final Function<ObjectNode, OptionalLong> price;
    private ObjectNode dearest = JsonNodeFactory.instance.objectNode();
    private long highest = -1;

    /** {@code price} is what the provider charges for an input, in micro-dollars. */
    CombinedPrices(Map<String, List<JsonNode>> values, Function<ObjectNode, OptionalLong> price) {
        this.values = values;
        this.price = price;
    }

    /** Asks for all prices; empty when the provider names none for some values. {@code usual} is the other input. */
    Optional<JsonNode> rule(ObjectNode usual) {
        return rule(usual, List.copyOf(values.keySet()));
    }

    /** Of the inputs that were asked for, the one with the highest price. */
    ObjectNode dearest() {
        return dearest;
    }

    private Optional<JsonNode> rule(ObjectNode input, List<String> open) {
        if (open.isEmpty()) {
            return amount(input);
        }
        var name = open.getFirst();
        var rest = open.subList(1, open.size());
        var prices = new LinkedHashMap<String, JsonNode>();
        for (var value : values.getOrDefault(name, List.of())) {
            var one = rule(with(input, name, value), rest);
            if (one.isEmpty()) {
                return Optional.empty();
            }
            prices.put(value.asText(), one.get());
        }
        return Optional.of(input.has(name) ? byValue(name, prices) : byValue(name, prices, rule(input, rest)));
    }

    private Optional<JsonNode> amount(ObjectNode input) {
        var found = price.apply(input);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.getAsLong() > highest) {
            highest = found.getAsLong();
            dearest = input;
        }
        return Optional.of(LongNode.valueOf(found.getAsLong()));
    }

    /** The rule of a parameter that is never absent; of one that changes nothing, the price itself. */
    private static JsonNode byValue(String name, Map<String, JsonNode> prices) {
        if (prices.values().stream().distinct().count() == 1) {
            return prices.values().iterator().next();
        }
        var rule = JsonNodeFactory.instance.objectNode().put("by", name);
        rule.putObject("values").setAll(prices);
        return rule;
    }

    private static JsonNode byValue(String name, Map<String, JsonNode> prices, Optional<JsonNode> absent) {
        if (absent.isPresent() && prices.values().stream().allMatch(absent.get()::equals)) {
            return absent.get();
        }
        var rule = JsonNodeFactory.instance.objectNode().put("by", name);
        rule.putObject("values").setAll(prices);
        absent.ifPresent(one -> rule.set("absent", one));
        return rule;
    }

    /** The input with another value of a parameter. */
    static ObjectNode with(ObjectNode input, String name, JsonNode value) {
        var changed = input.deepCopy();
        changed.set(name, value);
        return changed;
    }
}
