package dev.darkroom.operator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of a price, found by asking for the prices of inputs. What cannot be established is null. */
class PriceProbeTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String QUALITY = "\"quality\": {\"type\": \"string\", \"enum\": [\"low\", \"high\"]}";
    private static final String COUNT =
            "\"num_images\": {\"type\": \"integer\", \"minimum\": 1, \"maximum\": 4, \"default\": 1}";
    private static final String SIZE = "\"size\": {\"type\": \"string\"}";

    @Test
    void aPriceThatNothingChangesIsAnAmount() {
        assertThat(rule(model(QUALITY, ""), "", _ -> 40_000L)).isEqualTo("40000");
    }

    @Test
    void aPriceForEachImageIsAProduct() {
        assertThat(rule(
                        model(COUNT, ""),
                        "num_images",
                        input -> 40_000 * input.path("num_images").asLong()))
                .isEqualTo("{\"base\":40000,\"times\":\"num_images\"}");
    }

    @Test
    void aParameterMayDecideThePriceAlsoWhenItIsLeftOut() {
        assertThat(rule(model(QUALITY, ""), "", PriceProbeTest::byQuality))
                .isEqualTo("{\"by\":\"quality\",\"values\":{\"low\":10000,\"high\":50000},\"absent\":20000}");
    }

    @Test
    void aDefaultLeavesNothingOut() {
        var defaulted = QUALITY.replace("]}", "], \"default\": \"low\"}");

        assertThat(rule(model(defaulted, ""), "", PriceProbeTest::byQuality))
                .isEqualTo("{\"by\":\"quality\",\"values\":{\"low\":10000,\"high\":50000}}");
    }

    @Test
    void twoParametersMayDecideTogether() {
        var defaulted = QUALITY.replace("]}", "], \"default\": \"low\"}");
        var large = "\"large\": {\"type\": \"boolean\", \"default\": false}";

        assertThat(rule(
                        model(defaulted + ", " + large + ", " + COUNT, ""),
                        "num_images",
                        input -> byQuality(input)
                                * (input.path("large").asBoolean() ? 3 : 1)
                                * input.path("num_images").asLong()))
                .isEqualTo("{\"base\":{\"by\":\"quality\",\"values\":{"
                        + "\"low\":{\"by\":\"large\",\"values\":{\"false\":10000,\"true\":30000}},"
                        + "\"high\":{\"by\":\"large\",\"values\":{\"false\":50000,\"true\":150000}}}},"
                        + "\"times\":\"num_images\"}");
    }

    /** Alone, neither of the two changes the price. */
    @ParameterizedTest
    @ValueSource(strings = {"", "quality = 'high' and large ? 0.00002 : 0.00001"})
    void aParameterMayMatterOnlyTogetherWithAnother(String formula) {
        var defaulted = QUALITY.replace("]}", "], \"default\": \"low\"}");
        var large = "\"large\": {\"type\": \"boolean\", \"default\": false}";

        assertThat(rule(
                        model(defaulted + ", " + large, formula),
                        "",
                        input -> input.path("quality").asText().equals("high")
                                        && input.path("large").asBoolean()
                                ? 20L
                                : 10L))
                .isEqualTo("{\"by\":\"quality\",\"values\":{\"low\":10,"
                        + "\"high\":{\"by\":\"large\",\"values\":{\"false\":10,\"true\":20}}}}");
    }

    @Test
    void aPriceByANumberIsNotGuessed() {
        var steps = "\"steps\": {\"type\": \"integer\", \"minimum\": 1, \"maximum\": 50, \"default\": 20}";
        var finding = probe(
                        model(steps, ""),
                        "",
                        input -> OptionalLong.of(input.path("steps").asLong() > 20 ? 2 : 1))
                .find();

        assertThat(finding.rule().isNull()).isTrue();
        assertThat(finding.reason()).isEqualTo("the price depends on steps, whose values are not listed");
    }

    @Test
    void aDiscountForSeveralImagesOfTheDearestInputIsNotGuessed() {
        var finding = probe(
                        model(QUALITY + ", " + COUNT, ""),
                        "num_images",
                        input -> OptionalLong.of(byQuality(input)
                                        * input.path("num_images").asLong()
                                - (input.path("quality").asText().equals("high")
                                                && input.path("num_images").asLong() == 3
                                        ? 1
                                        : 0)))
                .find();

        assertThat(finding.rule().isNull()).isTrue();
        assertThat(finding.reason()).isEqualTo("the price is not that of one image times num_images");
    }

    @Test
    void aPriceThatIsNotNamedIsNotGuessed() {
        var finding = probe(model(QUALITY, ""), "", _ -> OptionalLong.empty()).find();

        assertThat(finding.rule().isNull()).isTrue();
        assertThat(finding.reason()).isEqualTo("the provider names no price");
    }

    @Test
    void aPriceByAFreeTextIsNotGuessed() {
        var finding = probe(model(SIZE, "0.01 * $number($split(size, '*')[0])"), "", _ -> OptionalLong.of(1))
                .find();

        assertThat(finding.rule().isNull()).isTrue();
        assertThat(finding.reason()).isEqualTo("the price depends on size, whose values are not listed");
    }

    @Test
    void aPriceThatIsNotProportionalIsNotGuessed() {
        var finding = probe(
                        model(COUNT, ""),
                        "num_images",
                        input -> OptionalLong.of(10 + input.path("num_images").asLong()))
                .find();

        assertThat(finding.rule().isNull()).isTrue();
        assertThat(finding.reason()).isEqualTo("the price is not that of one image times num_images");
    }

    @Test
    void noMoreThanSomeHundredPricesAreAskedFor() {
        var many = IntStream.range(0, 6)
                .mapToObj(i -> "\"p%d\": {\"type\": \"string\", \"enum\": [\"a\", \"b\", \"c\"]}".formatted(i))
                .collect(Collectors.joining(", "));
        var asked = new AtomicInteger();

        var finding = probe(model(many, ""), "", input -> {
                    asked.incrementAndGet();
                    return OptionalLong.of(input.toString().hashCode());
                })
                .find();

        assertThat(finding.rule().isNull()).isTrue();
        assertThat(finding.reason()).startsWith("the price may depend on too many parameters: p0, p1");
        assertThat(asked.get()).isLessThan(50);
    }

    private static long byQuality(JsonNode input) {
        return switch (input.path("quality").asText()) {
            case "low" -> 10_000;
            case "high" -> 50_000;
            case String _ -> 20_000;
        };
    }

    private static String rule(LiveModel model, String images, Function<JsonNode, Long> price) {
        var finding = probe(model, images, input -> OptionalLong.of(price.apply(input)))
                .find();
        assertThat(finding.reason()).isEmpty();
        return finding.rule().toString();
    }

    private static PriceProbe probe(LiveModel model, String images, Function<ObjectNode, OptionalLong> price) {
        return new PriceProbe(model, Optional.of(images).filter(name -> !name.isEmpty()), price);
    }

    private static LiveModel model(String parameters, String formula) {
        try {
            var schema = JSON.readTree(
                    "{\"required\": [\"prompt\"], \"properties\": {\"prompt\": {\"type\": \"string\"}, %s}}"
                            .formatted(parameters));
            return new LiveModel("a/b", "B", "", "text-to-image", formula, schema);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
