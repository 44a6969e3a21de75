package dev.darkroom.jsonschema.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.catalogue.Violation;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A request body read strictly: one JSON object, no duplicate member, nothing after it, nothing too large in it. */
public sealed interface JsonBody {

    /** {@code object} has the scalars of the body; lists and objects are empty, because no model takes any. */
    record Read(ObjectNode object) implements JsonBody {}

    /** The body cannot be read; {@code violation} says why. */
    record Unreadable(Violation violation) implements JsonBody {}

    /** In characters. No body that the gateway accepts is larger. */
    int MAX_STRING_LENGTH = 256 * 1024;

    /**
     * Member names come from callers: if they were interned, or kept in the factory's table of symbols, they would stay
     * in memory for good. {@link BodyReader} limits numbers, names and nesting with errors that say what is wrong; the
     * factory's own limits are beyond these.
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
            throw new UncheckedIOException("a text in memory could not be read", e);
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
