package dev.darkroom.models;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.domain.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** A request body read strictly: one JSON object, no member twice, nothing behind it. */
sealed interface JsonBody {

    record Read(ObjectNode object) implements JsonBody {}

    record Unreadable(Violation violation) implements JsonBody {}

    int LARGEST_EXPONENT = 1000;

    ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A double would round 1.00000000000000001 to a whole number.
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .reader();

    static JsonBody read(String text) {
        if (text.isBlank()) {
            return unreadable("body", "is missing: send a JSON object");
        }
        try (var parser = READER.createParser(text)) {
            return read(parser);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
    }

    private static JsonBody read(JsonParser parser) throws IOException {
        try {
            return READER.readTree(parser) instanceof ObjectNode object
                    ? inRange(object)
                    : unreadable("body", "must be a JSON object");
        } catch (StreamConstraintsException e) {
            return unreadable(field(parser), "is nested too deeply, or is a number or has a name that is too long");
        } catch (JsonProcessingException e) {
            var twice = duplicate(parser, e);
            return twice != null ? unreadable(twice, "stands twice in the body") : unreadable("body", position(e));
        }
    }

    /** Numbers like 1e999999999 are short to write, but no memory holds them as whole numbers. */
    private static JsonBody inRange(ObjectNode object) {
        return object.propertyStream()
                .filter(member -> member.getValue().isBigDecimal()
                        && Math.abs((long) member.getValue().decimalValue().scale()) > LARGEST_EXPONENT)
                .findFirst()
                .map(member -> unreadable(member.getKey(), "is a number out of every range"))
                .orElseGet(() -> new Read(object));
    }

    private static String field(JsonParser parser) throws IOException {
        var name = parser.currentName();
        return name == null ? "body" : name;
    }

    /** The name of the member that stands twice, null when something else is wrong. */
    private static @Nullable String duplicate(JsonParser parser, JsonProcessingException e) throws IOException {
        return e.getOriginalMessage().startsWith("Duplicate field") ? parser.currentName() : null;
    }

    private static String position(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null
                ? "is not valid JSON"
                : "is not valid JSON (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
    }

    private static JsonBody unreadable(String field, String message) {
        return new Unreadable(new Violation(InputSchema.shortened(field), message));
    }
}
