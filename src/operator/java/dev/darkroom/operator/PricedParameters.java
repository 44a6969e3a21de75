package dev.darkroom.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Which parameters of a model its price may depend on, by the provider's formula and the prices of inputs. */
final class PricedParameters {

    private final LiveModel model;
    private final Optional<String> images;
    private final Function<ObjectNode, OptionalLong> price;

    /**
     * @param images the parameter that says how many images a call makes
     * @param price what the provider charges for an input, in micro-dollars
     */
    PricedParameters(LiveModel model, Optional<String> images, Function<ObjectNode, OptionalLong> price) {
        this.model = model;
        this.images = images;
        this.price = price;
    }

    /** The prompt, every default, and a value of each other required parameter. */
    ObjectNode usualInput() {
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

    /**
     * A parameter whose values cannot all be asked for, though it is in the provider's formula, or its limits change the
     * price. Without a formula, texts such as the prompt are assumed to cost nothing.
     */
    Optional<String> unlisted(ObjectNode usual, OptionalLong usualPrice) {
        return model.parameters().entrySet().stream()
                .filter(parameter -> !isNumberOfImages(parameter.getKey())
                        && values(parameter.getValue()).isEmpty())
                .filter(parameter -> isInFormula(parameter.getKey())
                        || changesPrice(parameter.getKey(), limits(parameter.getValue()), usual, usualPrice))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static List<JsonNode> limits(ObjectNode parameter) {
        return Stream.of(parameter.path("minimum"), parameter.path("maximum"))
                .filter(JsonNode::isNumber)
                .toList();
    }

    /**
     * The parameters that may change the price, each with its values: those in the formula, because one may matter only
     * together with another, and those that change the price alone. Without a formula they are all with listed values.
     */
    Map<String, List<JsonNode>> deciding(ObjectNode usual, OptionalLong usualPrice) {
        var deciding = new LinkedHashMap<String, List<JsonNode>>();
        model.parameters().forEach((name, parameter) -> {
            var values = values(parameter);
            boolean mayDecide = !isNumberOfImages(name) && !values.isEmpty();
            if (mayDecide
                    && (model.formula().isBlank()
                            || isInFormula(name)
                            || changesPrice(name, values, usual, usualPrice))) {
                deciding.put(name, values);
            }
        });
        return deciding;
    }

    private boolean isNumberOfImages(String name) {
        return images.equals(Optional.of(name));
    }

    private boolean isInFormula(String name) {
        return Pattern.compile("\\b%s\\b".formatted(Pattern.quote(name)))
                .matcher(model.formula())
                .find();
    }

    private boolean changesPrice(String name, List<JsonNode> values, ObjectNode usual, OptionalLong usualPrice) {
        return values.stream()
                .anyMatch(value ->
                        !price.apply(CombinedPrices.with(usual, name, value)).equals(usualPrice));
    }
}
