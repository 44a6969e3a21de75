package dev.darkroom.core.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lines of a CSV file.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc4180">RFC 4180</a>
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">CSV injection</a>
 */
public final class Csv {

    private static final String LINE_END = "\r\n";

    /** A spreadsheet computes a cell that begins with one of these, even in quotes. */
    private static final Pattern FORMULA = Pattern.compile("^[=+\\-@\\t\\r\\n＝＋－＠]");

    private Csv() {}

    /** A line with its end. An apostrophe goes before what a spreadsheet would take for a formula. */
    public static String line(List<String> cells) {
        return cells.stream().map(Csv::cell).collect(Collectors.joining(",", "", LINE_END));
    }

    /** A line with a text first and numbers behind it, which a spreadsheet has to add up: a negative one has no apostrophe. */
    public static String line(String text, List<BigDecimal> numbers) {
        return Stream.concat(
                        Stream.of(cell(text)),
                        numbers.stream().map(number -> "\"%s\"".formatted(number.toPlainString())))
                .collect(Collectors.joining(",", "", LINE_END));
    }

    private static String cell(String text) {
        var harmless = FORMULA.matcher(text).find() ? "'" + text : text;
        return "\"" + harmless.replace("\"", "\"\"") + "\"";
    }
}
