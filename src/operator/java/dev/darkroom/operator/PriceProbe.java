package dev.darkroom.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds the rule by which the provider charges for a model, by the prices of different inputs. What cannot be asked for
 * is no rule.
 */
final class PriceProbe {

    private static final int MAX_QUESTIONS = 200;
    private static final int MAX_IMAGES = 10;

    private final LiveModel model;
    private final Optional<String> images;
    private final PricedParameters parameters;
    private final Function<ObjectNode, OptionalLong> price;

    /**
     * @param images the parameter that says how many images a call makes
     * @param price what the provider charges for an input, in micro-dollars
     */
    PriceProbe(LiveModel model, Optional<String> images, Function<ObjectNode, OptionalLong> price) {
        this.model = model;
        this.images = images;
        this.price = price;
        this.parameters = new PricedParameters(model, images, price);
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
        var usual = parameters.usualInput();
        var usualPrice = price.apply(usual);
        if (usualPrice.isEmpty()) {
            return Finding.none("the provider names no price");
        }
        var unlisted = parameters.unlisted(usual, usualPrice);
        if (unlisted.isPresent()) {
            return Finding.none("the price depends on %s, whose values are not listed".formatted(unlisted.get()));
        }
        var deciding = parameters.deciding(usual, usualPrice);
        if (deciding.values().stream().mapToLong(List::size).reduce(1, (a, b) -> a * (b + 1)) > MAX_QUESTIONS) {
            return Finding.none("the price may depend on too many parameters: " + String.join(", ", deciding.keySet()));
        }
        var prices = new CombinedPrices(deciding, price);
        var rule = prices.rule(usual);
        if (rule.isEmpty()) {
            return Finding.none(
                    "the provider names no price for some values of " + String.join(", ", deciding.keySet()));
        }
        return times(usual, prices.dearest(), rule.get());
    }

    /** The rule for several images: the price of one times their number, or the same whatever their number is. */
    private Finding times(ObjectNode usual, ObjectNode dearest, JsonNode rule) {
        if (images.isEmpty()) {
            return new Finding(rule, "");
        }
        var name = images.get();
        boolean isOneByDefault = priceOf(usual, 1).equals(price.apply(usual));
        if (isOneByDefault && isProportional(usual, 2) && isProportional(dearest, largestNumber(name))) {
            var times = JsonNodeFactory.instance.objectNode();
            times.set("base", rule);
            return new Finding(times.put("times", name), "");
        }
        boolean isForTheCall = Stream.of(usual, dearest)
                .allMatch(input -> priceOf(input, largestNumber(name)).equals(price.apply(input)));
        return isOneByDefault && isForTheCall
                ? new Finding(rule, "")
                : Finding.none("the price is not that of one image times " + name);
    }

    /** Whether each number of images up to this one costs as many times the price of one. */
    private boolean isProportional(ObjectNode input, int largest) {
        var one = priceOf(input, 1);
        return one.isPresent()
                && IntStream.rangeClosed(2, largest)
                        .allMatch(number -> priceOf(input, number).equals(OptionalLong.of(number * one.getAsLong())));
    }

    private OptionalLong priceOf(ObjectNode input, int number) {
        return price.apply(CombinedPrices.with(input, images.orElseThrow(), IntNode.valueOf(number)));
    }

    /** Two where the provider names no limit. */
    private int largestNumber(String name) {
        var parameter = model.parameters().get(name);
        int maximum = parameter == null ? 2 : parameter.path("maximum").asInt(2);
        return Math.clamp(maximum, 2, MAX_IMAGES);
    }
}
