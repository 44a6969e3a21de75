package dev.darkroom.provider.wavespeed.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The input of a prediction, in a form without the differences that the provider makes by itself: blanks around a text,
 * line ends, the composition of letters, how a number is written, and fields without a value.
 *
 * @param fields texts, {@link BigDecimal}, booleans, lists and maps
 */
public record PredictionInput(Map<String, Object> fields) {

    private static final String PROMPT = "prompt";
    private static final String SEED = "seed";

    /** Letters before this character are composed in one way only. */
    private static final int FIRST_COMBINING = 0x300;

    /** The seed with which a caller asks the provider to choose one. */
    private static final Object DRAWN = BigDecimal.ONE.negate();

    public PredictionInput {
        fields = Map.copyOf(fields);
    }

    /** Without fields when {@code input} is not an object. */
    public static PredictionInput of(JsonNode input) {
        return new PredictionInput(fields(input));
    }

    /** The input as it was sent, JSON. */
    public static PredictionInput of(String sent) {
        return of(ProviderJson.read(sent));
    }

    /**
     * Whether a prediction with this input was made by a call that sent {@code sent}: it has all fields that were sent,
     * and besides them only fields that the provider may have filled in. To adopt the wrong prediction would be worse
     * than to adopt none, so an input without fields never matches. A field that was not sent counts as filled in only
     * if its value can be a default: a number such as the chosen seed, a boolean or a text. A second prompt such as a
     * negative one, an address or a list cannot be a default: only a caller gives them.
     */
    public boolean matches(PredictionInput sent) {
        return !fields.isEmpty()
                && !sent.fields.isEmpty()
                && sent.fields.entrySet().stream().allMatch(field -> has(field.getKey(), field.getValue()))
                && fields.entrySet().stream()
                        .filter(field -> !sent.fields.containsKey(field.getKey()))
                        .allMatch(field -> isFilledIn(field.getKey(), field.getValue()));
    }

    private boolean has(String name, Object sent) {
        var value = fields.get(name);
        return sent.equals(value)
                || (name.equals(SEED) && sent.equals(DRAWN) && (value == null || value instanceof BigDecimal));
    }

    private static boolean isFilledIn(String name, Object value) {
        return switch (value) {
            case BigDecimal _, Boolean _ -> true;
            case String text -> !name.contains(PROMPT) && !text.contains("://") && !text.startsWith("data:");
            default -> false;
        };
    }

    public boolean hasSamePrompt(PredictionInput other) {
        return fields.containsKey(PROMPT) && fields.get(PROMPT).equals(other.fields.get(PROMPT));
    }

    private static Map<String, Object> fields(JsonNode object) {
        var fields = new HashMap<String, Object>();
        object.properties().forEach(field -> {
            var value = value(field.getValue());
            if (value != null) {
                fields.put(field.getKey(), value);
            }
        });
        return fields;
    }

    /** Null when the value says nothing: null, an empty text, list or object. */
    private static @Nullable Object value(JsonNode node) {
        return switch (node.getNodeType()) {
            case BOOLEAN -> node.booleanValue();
            case NUMBER -> number(node);
            case STRING -> orNull(text(node.textValue()), String::isEmpty);
            case ARRAY ->
                orNull(
                        node.valueStream()
                                .map(PredictionInput::value)
                                .filter(Objects::nonNull)
                                .toList(),
                        List::isEmpty);
            case OBJECT -> orNull(fields(node), Map::isEmpty);
            case NULL, MISSING, BINARY, POJO -> null;
        };
    }

    private static <T> @Nullable T orNull(T value, Predicate<T> isEmpty) {
        return isEmpty.test(value) ? null : value;
    }

    /** A number like 1e999 is read as infinity, which has no decimal form. */
    private static Object number(JsonNode number) {
        return number.isFloatingPointNumber() && !Double.isFinite(number.doubleValue())
                ? (Object) number.doubleValue()
                : number.decimalValue().stripTrailingZeros();
    }

    private static String text(String text) {
        var lines = text.replace("\r\n", "\n").replace('\r', '\n');
        var composed = lines.chars().allMatch(c -> c < FIRST_COMBINING)
                ? lines
                : Normalizer.normalize(lines, Normalizer.Form.NFC);
        int begin = 0;
        int end = composed.length();
        while (begin < end && isBlank(composed.charAt(begin))) {
            begin++;
        }
        while (end > begin && isBlank(composed.charAt(end - 1))) {
            end--;
        }
        return composed.substring(begin, end);
    }

    /** Blank by the definition of any language: Unicode's white space, no-break space and byte order mark included. */
    private static boolean isBlank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\u0085' || c == '\ufeff';
    }
}
