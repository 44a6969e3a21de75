package dev.darkroom.models;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.domain.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A request body read strictly: one JSON object, no member twice, nothing behind it, nothing too large in it. */
sealed interface JsonBody {

    /** {@code object} has scalars as they are; of lists and objects it has empty ones, because no model takes any. */
    record Read(ObjectNode object) implements JsonBody {}

    record Unreadable(Violation violation) implements JsonBody {}

    /** In characters. No body that the gateway takes is larger. */
    int MAX_STRING_LENGTH = 256 * 1024;

    /**
     * Names are the caller's: interned, or kept in the factory's table of symbols, they would stay in memory for good.
     * Numbers, names and nesting have limits of ours ({@link BodyReader}), which say what is wrong; the factory's own
     * are beyond them.
     */
    JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxStringLength(MAX_STRING_LENGTH)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNestingDepth(2 * BodyReader.MAX_DEPTH)
                    .build())
            .build();

    static JsonBody read(String text) {
        if (text.isBlank()) {
            return unreadable("body", "is missing: send a JSON object");
        }
        try (var parser = FACTORY.createParser(text)) {
            var reader = new BodyReader(parser);
            try {
                return reader.read();
            } catch (StreamConstraintsException _) {
                return unreadable(reader.member(), "has a string of more than " + MAX_STRING_LENGTH + " characters");
            } catch (JsonProcessingException e) {
                return unreadable("body", "is not valid JSON" + position(e));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory can be read", e);
        }
    }

    private static String position(JsonProcessingException e) {
        var location = e.getLocation();
        return location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    static Unreadable unreadable(String field, String message) {
        return new Unreadable(new Violation(InputSchema.shortened(field), message));
    }
}
