package dev.darkroom.infra;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The format of the endpoint's access log. API Gateway inserts values unescaped, and {@code -} for a missing one.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html">Variables
 *     of HTTP APIs</a>
 */
record AccessLog(String format) {

    private static final Pattern VARIABLE = Pattern.compile("\\$context\\.([A-Za-z.]+)");

    /**
     * Variables whose values cannot end a JSON text: numbers, ids, times, and our own names.
     */
    private static final Set<String> WITHOUT_QUOTES = Set.of(
            "error.responseType",
            "identity.sourceIp",
            "integration.integrationStatus",
            "integration.latency",
            "integration.requestId",
            "integration.status",
            "protocol",
            "requestId",
            "requestTime",
            "requestTimeEpoch",
            "responseLatency",
            "responseLength",
            "routeKey",
            "status");

    /** Every kind of character that a caller may send as a method (a token of RFC 9110). */
    private static final String TOKEN = "!#$%&'*+-.^_`|~09AZaz";

    List<String> variables() {
        return VARIABLE.matcher(format).results().map(found -> found.group(1)).toList();
    }

    /** A line of the log with these values of the variables. */
    String line(UnaryOperator<String> values) {
        return VARIABLE.matcher(format).replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
    }

    private static String value(MatchResult found, UnaryOperator<String> values) {
        return values.apply(found.group(1));
    }

    /** A line in which every variable that can contain a quote does contain one. */
    String worstLine() {
        return line(variable -> switch (variable) {
            case "httpMethod" -> TOKEN;
            case String safe when WITHOUT_QUOTES.contains(safe) -> "-";
            default -> "function said \"no\" \\";
        });
    }
}
