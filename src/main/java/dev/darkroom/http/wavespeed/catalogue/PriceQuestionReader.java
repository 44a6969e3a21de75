package dev.darkroom.http.wavespeed.catalogue;

import static dev.darkroom.http.wavespeed.catalogue.PriceQuestion.refused;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** Reads one question. Nothing in its inputs is converted or kept. */
final class PriceQuestionReader {

    /** Twice as deep as the inputs may be, which are refused by themselves. */
    private static final int DEEPEST = 200;

    private static final int MAX_NAME_LENGTH = 64;

    /** Names are callers' texts: interned, they would stay in memory for good. The inputs have other limits. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final String body;
    private @Nullable String model;
    private @Nullable String inputs;

    PriceQuestionReader(String body) {
        this.body = body;
    }

    PriceQuestion read() {
        try (var parser = FACTORY.createParser(body)) {
            return read(parser);
        } catch (StreamConstraintsException _) {
            return refused("body", "is nested too deep");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            return refused(
                    "body",
                    "is not valid JSON"
                            + (at == null ? "" : " (line %d, column %d)".formatted(at.getLineNr(), at.getColumnNr())));
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory could not be read", e);
        }
    }

    private PriceQuestion read(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return refused("body", "must be a JSON object");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            var problem = member(name, parser.nextToken(), parser);
            if (problem != null) {
                return refused(shortened(name), problem);
            }
        }
        if (parser.nextToken() != null) {
            return refused("body", "has more text after the JSON object");
        }
        return model == null
                ? refused(PriceQuestion.MODEL, "is required")
                : new PriceQuestion.Asked(model, inputs == null ? "{}" : inputs);
    }

    /** Takes the value of a member, and returns what is wrong with it, null when nothing is. */
    private @Nullable String member(String name, JsonToken value, JsonParser parser) throws IOException {
        switch (name) {
            case PriceQuestion.MODEL -> {
                if (model != null) {
                    return "is duplicated";
                }
                if (value != JsonToken.VALUE_STRING) {
                    return "must be a string";
                }
                model = parser.getText();
            }
            case PriceQuestion.INPUTS -> {
                if (inputs != null) {
                    return "is duplicated";
                }
                if (value != JsonToken.START_OBJECT && value != JsonToken.VALUE_NULL) {
                    return "must be an object with the parameters of the model";
                }
                inputs = value == JsonToken.VALUE_NULL ? "{}" : object(parser);
            }
            default -> {
                return "is not a field of this question; it takes %s and %s"
                        .formatted(PriceQuestion.MODEL, PriceQuestion.INPUTS);
            }
        }
        return null;
    }

    /** The text of the object that begins here. */
    private String object(JsonParser parser) throws IOException {
        long start = parser.currentTokenLocation().getCharOffset();
        parser.skipChildren();
        return body.substring((int) start, (int) parser.currentLocation().getCharOffset());
    }

    private static String shortened(String name) {
        return name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH) + "…";
    }
}
