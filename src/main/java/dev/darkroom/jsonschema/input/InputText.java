package dev.darkroom.jsonschema.input;

import java.util.Optional;

/** Finds characters that a text for the provider must not have. */
final class InputText {

    private InputText() {}

    /**
     * What is wrong with the text, empty when nothing is. Control characters are those of Unicode's category Cc: with
     * DEL and U+0080 to U+009F, which are never typed and come from a wrong encoding.
     */
    static Optional<String> problem(String text) {
        return text.codePoints()
                .filter(InputText::isRefused)
                .mapToObj(InputText::problem)
                .findFirst();
    }

    private static boolean isRefused(int codePoint) {
        return isHalf(codePoint)
                || (Character.isISOControl(codePoint) && codePoint != '\t' && codePoint != '\n' && codePoint != '\r');
    }

    private static boolean isHalf(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    private static String problem(int codePoint) {
        return isHalf(codePoint)
                ? "has half of a surrogate pair, which is not a character"
                : "has the control character U+%04X; only tab, line feed and carriage return are allowed"
                        .formatted(codePoint);
    }
}
