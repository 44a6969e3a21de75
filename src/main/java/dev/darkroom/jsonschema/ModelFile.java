package dev.darkroom.jsonschema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.jsonschema.input.InputSchema;
import dev.darkroom.jsonschema.input.ScalarType;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * A file of the catalogue.
 *
 * @param provider which provider draws the model
 * @param upstreamPath the provider's path of the model
 * @param name for people
 * @param description for people
 * @param price empty where none is established
 * @param images the parameter that says how many images a call makes; empty when a call makes one
 * @param retiredOn from this day on (UTC) the successor draws
 */
record ModelFile(
        ModelId id,
        ProviderId provider,
        String upstreamPath,
        String name,
        String description,
        InputSchema schema,
        Optional<PriceRule> price,
        Optional<String> images,
        SizeRule sizes,
        Optional<LocalDate> retiredOn,
        Optional<Successor> successor) {

    /** How many images a call makes at most when the schema of its parameter has no maximum. */
    private static final int MAX_IMAGES = 10;

    /**
     * Reads a file that fits the schema of model files. What the schema cannot say is an {@link
     * IllegalArgumentException} or a {@link dev.harrel.jsonschema.JsonSchemaException}.
     */
    static ModelFile of(JsonNode file) {
        var id = new ModelId(file.path("id").asText());
        return new ModelFile(
                id,
                new ProviderId(file.path("provider").asText()),
                file.path("upstreamPath").asText(),
                file.path("name").asText(),
                file.path("description").asText(),
                InputSchema.of(id, file.path("input")),
                present(file, "price").map(PriceRule::of),
                present(file, "images").map(JsonNode::asText),
                SizeRule.of(file.path("sizes")),
                present(file, "retiredOn").map(date -> date(date.asText())),
                present(file, "successor").map(Successor::of));
    }

    private static Optional<JsonNode> present(JsonNode file, String name) {
        return file.hasNonNull(name) ? Optional.of(file.get(name)) : Optional.empty();
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("retiredOn is not a date: " + text, e);
        }
    }

    /** What does not fit within the file, a sentence each that begins with the field. */
    List<String> problems() {
        var problems = new ArrayList<String>();
        ReservedIds.problem(id).map("id: "::concat).ifPresent(problems::add);
        schema.definition()
                .path("required")
                .valueStream()
                .map(JsonNode::asText)
                .filter(name -> !schema.properties().containsKey(name))
                .map("input.required: %s is not a parameter"::formatted)
                .forEach(problems::add);
        if (schema.properties().get(Successor.PROMPT) != ScalarType.STRING || !schema.isRequired(Successor.PROMPT)) {
            problems.add("input.properties.prompt: must be a string and required");
        }
        schema.properties().keySet().stream().flatMap(this::problemsOfValues).forEach(problems::add);
        images.filter(name -> schema.properties().get(name) != ScalarType.INTEGER
                        || schema.property(name).path("minimum").asInt() < 1)
                .map("images: %s is not an integer of the input with a minimum of 1 or more"::formatted)
                .ifPresent(problems::add);
        price.stream()
                .flatMap(rule -> rule.problems(schema).stream())
                .map("price: "::concat)
                .forEach(problems::add);
        sizes.problems(schema).stream().map("sizes: "::concat).forEach(problems::add);
        return problems;
    }

    private Stream<String> problemsOfValues(String name) {
        var property = schema.property(name);
        if (!isPattern(property.path("pattern").asText())) {
            return Stream.of("input.properties.%s.pattern: is not a regular expression".formatted(name));
        }
        var values = property.path("enum").valueStream();
        return Stream.concat(Stream.of(property.path("default")).filter(value -> !value.isMissingNode()), values)
                .filter(value -> !schema.accepts(name, value))
                .map(value -> "input.properties.%s: does not take its own value %s".formatted(name, value));
    }

    /** The validator finds a wrong pattern only when it uses it. */
    private static boolean isPattern(String text) {
        try {
            Pattern.compile(text);
            return true;
        } catch (PatternSyntaxException _) {
            return false;
        }
    }

    boolean isRetired(Instant now) {
        return retiredOn
                .filter(day -> !LocalDate.ofInstant(now, ZoneOffset.UTC).isBefore(day))
                .isPresent();
    }

    /** How many images one call can make. */
    int maxImages() {
        return images.map(name -> schema.property(name).path("maximum").asInt(MAX_IMAGES))
                .orElse(1);
    }

    /** How many images a valid input asks for. */
    int images(ObjectNode input) {
        return images.map(name -> input.path(name).asInt(1)).orElse(1);
    }

    /** What a valid input costs, in micro-dollars; empty where no price is established. */
    OptionalLong price(ObjectNode input) {
        return price.map(rule -> rule.of(input)).orElseGet(OptionalLong::empty);
    }
}
