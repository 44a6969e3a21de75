package dev.darkroom.jsonschema.input;

import static dev.darkroom.jsonschema.input.JsonBody.unreadable;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the tokens of one body and stops at the first that is too large. Numbers are checked as text, at any depth,
 * before they are converted: 1e40000000 is short to write, but takes seconds to convert to a whole number.
 */
final class BodyReader {

    static final int MAX_DEPTH = 100;

    private static final int MAX_NAME_LENGTH = 50_000;
    private static final int MAX_NUMBER_LENGTH = 100;
    private static final int MAX_EXPONENT = 1000;
    private static final int LONG_DIGITS = 18;

    private final JsonParser parser;
    private final ObjectNode object = JsonNodeFactory.instance.objectNode();
    private String member = "body";

    BodyReader(JsonParser parser) {
        this.parser = parser;
    }

    /** The body's member that is being read, or {@code body}. */
    String member() {
        return member;
    }

    /** Text that is not JSON is a {@link com.fasterxml.jackson.core.JsonProcessingException}. */
    JsonBody read() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return unreadable("body", "must be a JSON object");
        }
        for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (depth() == 0) {
                return parser.nextToken() == null
                        ? new JsonBody.Read(object)
                        : unreadable("body", "has more text after the JSON object");
            }
            if (token == JsonToken.FIELD_NAME && depth() == 1) {
                member = parser.currentName();
                if (object.has(member)) {
                    return unreadable(member, "is duplicated");
                }
            }
            var excess = excess(token);
            if (excess != null) {
                return unreadable(depth() > MAX_DEPTH ? "body" : member, excess);
            }
            keep(token);
        }
        throw new IllegalStateException("the parser reports an object that does not end");
    }

    /** The nesting depth: 2 in a list in a member of the body, from the list's start to before its end. */
    private int depth() {
        return parser.getParsingContext().getNestingDepth();
    }

    /** What is too large about the token, null when nothing is. */
    private @Nullable String excess(JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT, START_ARRAY ->
                depth() > MAX_DEPTH ? "is nested deeper than " + MAX_DEPTH + " levels" : null;
            case FIELD_NAME ->
                parser.currentName().length() > MAX_NAME_LENGTH
                        ? "has a name of more than " + MAX_NAME_LENGTH + " characters"
                        : null;
            case VALUE_NUMBER_INT -> excessOfNumber(null);
            case VALUE_NUMBER_FLOAT -> excessOfNumber(parser.getText());
            default -> null;
        };
    }

    private @Nullable String excessOfNumber(@Nullable String decimal) throws IOException {
        if (parser.getTextLength() > MAX_NUMBER_LENGTH) {
            return "has a number of more than " + MAX_NUMBER_LENGTH + " characters";
        }
        return decimal != null && isExponentTooLarge(decimal)
                ? "has a number with an exponent beyond " + MAX_EXPONENT
                : null;
    }

    private static boolean isExponentTooLarge(String number) {
        int at = Math.max(number.indexOf('e'), number.indexOf('E'));
        if (at < 0) {
            return false;
        }
        int exponent = 0;
        for (int i = at + 1; i < number.length() && exponent <= MAX_EXPONENT; i++) {
            int digit = Character.digit(number.charAt(i), 10);
            exponent = digit < 0 ? exponent : 10 * exponent + digit; // the only other character is the sign
        }
        return exponent > MAX_EXPONENT;
    }

    private void keep(JsonToken token) throws IOException {
        if (token.isScalarValue() && depth() == 1) {
            object.set(member, scalar(token));
        } else if (token == JsonToken.START_OBJECT && depth() == 2) {
            object.putObject(member);
        } else if (token == JsonToken.START_ARRAY && depth() == 2) {
            object.putArray(member);
        }
    }

    private JsonNode scalar(JsonToken token) throws IOException {
        return switch (token) {
            case VALUE_STRING -> object.textNode(parser.getText());
            case VALUE_NUMBER_INT ->
                parser.getTextLength() <= LONG_DIGITS
                        ? object.numberNode(parser.getLongValue())
                        : object.numberNode(parser.getBigIntegerValue());
            // A double would round 1.00000000000000001 to a whole number.
            case VALUE_NUMBER_FLOAT -> object.numberNode(parser.getDecimalValue());
            case VALUE_TRUE, VALUE_FALSE -> object.booleanNode(token == JsonToken.VALUE_TRUE);
            default -> object.nullNode();
        };
    }
}
