package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.darkroom.jsonschema.input.InputSchema;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which parameters a size in pixels is written to. Each is empty when the model has no such parameter.
 *
 * @param pixels takes {@code 1024*1024}
 * @param ratio takes {@code 16:9}
 * @param resolution takes a key of {@code tiers}
 * @param tiers the side of each tier's square image, in pixels
 */
record SizeRule(
        Optional<String> pixels,
        Optional<String> width,
        Optional<String> height,
        Optional<String> ratio,
        Optional<String> resolution,
        Map<String, Integer> tiers) {

    private static final String ANY_SIZE = "WIDTHxHEIGHT in pixels";

    /** Reads a rule that fits the schema of model files. */
    static SizeRule of(JsonNode sizes) {
        var tiers = new LinkedHashMap<String, Integer>();
        sizes.path("tiers")
                .properties()
                .forEach(tier -> tiers.put(tier.getKey(), tier.getValue().intValue()));
        return new SizeRule(
                text(sizes, "pixels"),
                text(sizes, "width"),
                text(sizes, "height"),
                text(sizes, "ratio"),
                text(sizes, "resolution"),
                tiers);
    }

    private static Optional<String> text(JsonNode sizes, String name) {
        return Optional.ofNullable(sizes.path(name).textValue());
    }

    /** The parameters and values for a size; empty when the model cannot make an image of its shape. */
    Optional<Map<String, JsonNode>> parameters(int wide, int high, InputSchema schema) {
        if (wide < 1 || high < 1) {
            return Optional.empty();
        }
        return Stream.of(asText(wide, high), asNumbers(wide, high), asRatio(wide, high, schema))
                .filter(values -> !values.isEmpty() && areTaken(values, schema))
                .findFirst();
    }

    private static boolean areTaken(Map<String, JsonNode> values, InputSchema schema) {
        return values.entrySet().stream().allMatch(value -> schema.accepts(value.getKey(), value.getValue()));
    }

    private Map<String, JsonNode> asText(int wide, int high) {
        return pixels.map(name -> Map.<String, JsonNode>of(name, TextNode.valueOf(wide + "*" + high)))
                .orElse(Map.of());
    }

    private Map<String, JsonNode> asNumbers(int wide, int high) {
        var values = new LinkedHashMap<String, JsonNode>();
        width.ifPresent(name -> values.put(name, IntNode.valueOf(wide)));
        height.ifPresent(name -> values.put(name, IntNode.valueOf(high)));
        return values;
    }

    private Map<String, JsonNode> asRatio(int wide, int high, InputSchema schema) {
        return ratios(schema)
                .filter(shape -> shape.isAbout(wide, high))
                .min(Comparator.comparingDouble(shape -> shape.distance(wide, high)))
                .map(shape -> asRatio(shape, (double) wide * high))
                .orElse(Map.of());
    }

    private Map<String, JsonNode> asRatio(Ratio shape, double area) {
        var values = new LinkedHashMap<String, JsonNode>();
        ratio.ifPresent(name -> values.put(name, TextNode.valueOf(shape.text())));
        resolution.ifPresent(name -> values.put(name, TextNode.valueOf(nearestTier(area))));
        return values;
    }

    /** The shapes that the model makes; none when it takes no ratio. */
    private Stream<Ratio> ratios(InputSchema schema) {
        return ratio.stream()
                .flatMap(name -> schema.property(name).path("enum").valueStream())
                .flatMap(value -> Ratio.parse(value.asText()).stream());
    }

    /** The sizes that have parameters, for people: each by itself, an example of each shape, or all in words. */
    List<String> described(InputSchema schema) {
        return Stream.of(
                        pixels.stream().flatMap(name -> describedPixels(schema.property(name))),
                        width.stream().map(name -> describedSides(schema.property(name))),
                        ratios(schema).map(Ratio::exampleSize))
                .flatMap(sizes -> sizes)
                .toList();
    }

    private static Stream<String> describedPixels(JsonNode property) {
        var values = property.path("enum");
        return (values.isEmpty()
                        ? Stream.of(
                                property.path("errorMessage").path("pattern").asText(ANY_SIZE))
                        : values.valueStream().map(JsonNode::asText))
                .map(text -> text.replaceFirst("^must be ", "").replace('*', 'x'));
    }

    private static String describedSides(JsonNode property) {
        return "%s, each from %s to %s"
                .formatted(
                        ANY_SIZE,
                        property.path("minimum").asText(),
                        property.path("maximum").asText());
    }

    /** By the factor between the areas: an image of twice a tier's area is nearer to it than one of a third. */
    private String nearestTier(double area) {
        return tiers.entrySet().stream()
                .min(Comparator.comparingDouble(tier -> Math.abs(Math.log(area / square(tier.getValue())))))
                .orElseThrow()
                .getKey();
    }

    private static double square(int side) {
        return (double) side * side;
    }

    /** What does not fit the model's parameters, a sentence each. */
    List<String> problems(InputSchema schema) {
        var unknown = Stream.of(pixels, width, height, ratio, resolution)
                .flatMap(Optional::stream)
                .filter(name -> !schema.properties().containsKey(name))
                .map(name -> "names %s, which is not a parameter of the input".formatted(name));
        var refused = tiers.keySet().stream()
                .filter(tier -> resolution
                        .filter(name -> schema.accepts(name, TextNode.valueOf(tier)))
                        .isEmpty())
                .map(tier -> "has the tier %s, which the input does not take".formatted(tier));
        return Stream.concat(unknown, refused).toList();
    }
}
