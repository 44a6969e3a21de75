package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.darkroom.jsonschema.input.InputSchema;
import dev.darkroom.jsonschema.input.ScalarType;
import java.math.BigDecimal;
import java.util.stream.Collectors;

/** A price rule as the provider's clients read it: an expression in JSONata over the parameters, in US dollars. */
final class PriceFormula {

    private static final int MICRO = 6;

    private PriceFormula() {}

    static String of(PriceRule rule, InputSchema schema) {
        return "{\"total_price\": %s}".formatted(expression(rule, schema));
    }

    private static String expression(PriceRule rule, InputSchema schema) {
        return switch (rule) {
            case PriceRule.Amount(long microDollars) ->
                BigDecimal.valueOf(microDollars, MICRO).stripTrailingZeros().toPlainString();
            case PriceRule.Times(var base, var parameter) ->
                "(%s) * %s".formatted(expression(base, schema), number(parameter, schema));
            case PriceRule.ByValue byValue -> choice(byValue, schema);
        };
    }

    /** A parameter that is left out counts as 1. */
    private static String number(String parameter, InputSchema schema) {
        return schema.isAlwaysThere(parameter) ? parameter : "(%1$s ? %1$s : 1)".formatted(parameter);
    }

    private static String choice(PriceRule.ByValue rule, InputSchema schema) {
        boolean isText = schema.properties().get(rule.parameter()) == ScalarType.STRING;
        var choices = rule.values().entrySet().stream()
                .map(value -> "%s = %s ? (%s)"
                        .formatted(
                                rule.parameter(),
                                isText ? TextNode.valueOf(value.getKey()) : value.getKey(),
                                expression(value.getValue(), schema)))
                .collect(Collectors.joining(" : "));
        return rule.absent()
                .map(absent -> "%s : (%s)".formatted(choices, expression(absent, schema)))
                .orElse(choices);
    }
}
