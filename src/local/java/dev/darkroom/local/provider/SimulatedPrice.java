package dev.darkroom.local.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.stream.Collectors;

/** The price rule of a model file; the amounts in the rule are micro-dollars. */
record SimulatedPrice(JsonNode rule) {

    private static final int MICRO = 6;

    /** The price in US dollars; empty where the rule has none. {@code input} has its defaults already. */
    Optional<BigDecimal> of(JsonNode input) {
        if (rule.isIntegralNumber()) {
            return Optional.of(dollars());
        }
        if (rule.has("base")) {
            var count =
                    BigDecimal.valueOf(input.path(rule.path("times").asText()).asLong(1));
            return new SimulatedPrice(rule.path("base")).of(input).map(count::multiply);
        }
        var value = input.path(rule.path("by").asText());
        return rule.has("by")
                ? new SimulatedPrice(
                                value.isMissingNode()
                                        ? rule.path("absent")
                                        : rule.path("values").path(value.asText()))
                        .of(input)
                : Optional.empty();
    }

    /** The price as an expression in JSONata, as the provider writes it; empty where there is no rule. */
    Optional<String> formula() {
        return rule.isObject() || rule.isIntegralNumber()
                ? Optional.of("{\"total_price\": %s}".formatted(expression()))
                : Optional.empty();
    }

    private String expression() {
        if (rule.has("base")) {
            return "(%s) * %s"
                    .formatted(
                            new SimulatedPrice(rule.path("base")).expression(),
                            rule.path("times").asText());
        }
        if (rule.has("by")) {
            var parameter = rule.path("by").asText();
            var choices = rule.path("values").properties().stream()
                    .map(value -> "%s = \"%s\" ? (%s)"
                            .formatted(parameter, value.getKey(), new SimulatedPrice(value.getValue()).expression()))
                    .collect(Collectors.joining(" : "));
            return rule.has("absent")
                    ? "%s : (%s)".formatted(choices, new SimulatedPrice(rule.get("absent")).expression())
                    : choices;
        }
        return dollars().toPlainString();
    }

    private BigDecimal dollars() {
        return BigDecimal.valueOf(rule.longValue(), MICRO).stripTrailingZeros();
    }
}
