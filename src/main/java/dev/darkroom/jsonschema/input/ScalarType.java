package dev.darkroom.jsonschema.input;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import java.math.BigDecimal;
import java.util.Optional;

/** The JSON type of a parameter. */
public enum ScalarType {
    STRING("a string"),
    INTEGER("an integer"),
    NUMBER("a number"),
    BOOLEAN("true or false");

    private final String described;

    ScalarType(String described) {
        this.described = described;
    }

    /** The type of a schema's property; a type that is not a scalar's is an {@link IllegalArgumentException}. */
    static ScalarType of(JsonNode property) {
        return switch (property.path("type").asText()) {
            case "string" -> STRING;
            case "integer" -> INTEGER;
            case "number" -> NUMBER;
            case "boolean" -> BOOLEAN;
            case String type -> throw new IllegalArgumentException("a property's type is not a scalar: " + type);
        };
    }

    /** What is wrong with the value as a value of this type, empty when nothing is. */
    Optional<String> problem(JsonNode value) {
        boolean fits = switch (this) {
            case STRING -> value.isTextual();
            case INTEGER -> value.isIntegralNumber() || (value.isBigDecimal() && isWhole(value.decimalValue()));
            case NUMBER -> value.isNumber();
            case BOOLEAN -> value.isBoolean();
        };
        if (!fits) {
            return Optional.of("must be " + described);
        }
        return this == STRING ? InputText.problem(value.textValue()) : Optional.empty();
    }

    /** Whole numbers are written as whole numbers: 4.0 and 4 are the same. */
    public JsonNode canonical(JsonNode value) {
        return value.isBigDecimal() && isWhole(value.decimalValue())
                ? BigIntegerNode.valueOf(value.decimalValue().toBigIntegerExact())
                : value;
    }

    private static boolean isWhole(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }
}
