package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.jsonschema.input.InputSchema;
import dev.darkroom.jsonschema.input.ScalarType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** What a call costs, in micro-dollars, as a function of its input. */
sealed interface PriceRule {

    /** Empty where no price is established for the input, which has its defaults already. */
    OptionalLong of(ObjectNode input);

    /** What does not fit the model's parameters, a sentence each. */
    List<String> problems(InputSchema schema);

    record Amount(long microDollars) implements PriceRule {
        @Override
        public OptionalLong of(ObjectNode input) {
            return OptionalLong.of(microDollars);
        }

        @Override
        public List<String> problems(InputSchema schema) {
            return List.of();
        }
    }

    /** A price times the whole number in a parameter; a parameter that is left out counts as 1. */
    record Times(PriceRule base, String parameter) implements PriceRule {
        @Override
        public OptionalLong of(ObjectNode input) {
            var each = base.of(input);
            var count = input.path(parameter);
            if (each.isEmpty() || count.isMissingNode()) {
                return each;
            }
            if (!count.canConvertToLong()) {
                return OptionalLong.empty();
            }
            return product(each.getAsLong(), count.longValue());
        }

        private static OptionalLong product(long each, long count) {
            try {
                return OptionalLong.of(Math.multiplyExact(each, count));
            } catch (ArithmeticException _) {
                return OptionalLong.empty();
            }
        }

        @Override
        public List<String> problems(InputSchema schema) {
            var problems = new ArrayList<>(base.problems(schema));
            if (schema.properties().get(parameter) != ScalarType.INTEGER) {
                problems.add("times names %s, which is not an integer of the input".formatted(parameter));
            }
            return problems;
        }
    }

    /**
     * A price for each value of a parameter.
     *
     * @param absent the price when the parameter is left out and has no default
     */
    record ByValue(String parameter, Map<String, PriceRule> values, Optional<PriceRule> absent) implements PriceRule {
        public ByValue {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values)); // in their order, for the formula
        }

        @Override
        public OptionalLong of(ObjectNode input) {
            var rule = input.has(parameter)
                    ? Optional.ofNullable(values.get(input.path(parameter).asText()))
                    : absent;
            return rule.map(found -> found.of(input)).orElseGet(OptionalLong::empty);
        }

        @Override
        public List<String> problems(InputSchema schema) {
            var problems = new ArrayList<String>();
            if (!schema.properties().containsKey(parameter)) {
                problems.add("by names %s, which is not a parameter of the input".formatted(parameter));
            }
            var taken = schema.property(parameter).path("enum");
            values.keySet().stream()
                    .filter(value -> !taken.isEmpty()
                            && taken.valueStream().noneMatch(one -> one.asText().equals(value)))
                    .map(value -> "values has %s, which %s does not take".formatted(value, parameter))
                    .forEach(problems::add);
            values.values().forEach(rule -> problems.addAll(rule.problems(schema)));
            absent.ifPresent(rule -> problems.addAll(rule.problems(schema)));
            return problems;
        }
    }

    /** Reads a rule that fits the schema of model files; one of two kinds at once is an IllegalArgumentException. */
    static PriceRule of(JsonNode rule) {
        if (rule.isIntegralNumber()) {
            return new Amount(rule.longValue());
        }
        if (rule.has("base") && rule.has("by")) {
            throw new IllegalArgumentException("price has both base and by; put one into the other");
        }
        if (rule.has("base")) {
            return new Times(of(rule.path("base")), rule.path("times").asText());
        }
        var values = new LinkedHashMap<String, PriceRule>();
        rule.path("values").properties().forEach(value -> values.put(value.getKey(), of(value.getValue())));
        return new ByValue(
                rule.path("by").asText(),
                values,
                Optional.of(rule.path("absent"))
                        .filter(absent -> !absent.isMissingNode())
                        .map(PriceRule::of));
    }
}
