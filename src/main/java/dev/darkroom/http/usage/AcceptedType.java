package dev.darkroom.http.usage;

import dev.darkroom.http.ApiGatewayRequest;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The type that the header {@code Accept} asks for. Only a type that is named counts: every client takes any type.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9110#name-accept">RFC 9110, Accept</a>
 */
final class AcceptedType {

    static final String CSV = "text/csv";

    private static final String JSON = "application/json";

    private static final Pattern RANGE = Pattern.compile("\\s*([^;\\s]*)\\s*(;.*)?");
    private static final Pattern QUALITY = Pattern.compile(";\\s*q\\s*=\\s*(0(\\.\\d{0,3})?|1(\\.0{0,3})?)\\s*(;|$)");

    private AcceptedType() {}

    /** Whether CSV is named, with a quality above 0, and JSON is not named with a higher one. */
    static boolean isCsv(ApiGatewayRequest request) {
        var csv = quality(CSV, request);
        return csv.signum() > 0 && csv.compareTo(quality(JSON, request)) >= 0;
    }

    /** 0 if the type is not named. */
    private static BigDecimal quality(String type, ApiGatewayRequest request) {
        return request.headerValues("accept").stream()
                .map(range -> RANGE.matcher(range.toLowerCase(Locale.ROOT)))
                .filter(range -> range.matches() && range.group(1).equals(type))
                .map(range -> qualityIn(range.group(2)))
                .reduce(BigDecimal.ZERO, BigDecimal::max);
    }

    /** 1 if there is none, or none that can be read. */
    private static BigDecimal qualityIn(@Nullable String parameters) {
        var quality = QUALITY.matcher(parameters == null ? "" : parameters);
        return quality.find() ? new BigDecimal(quality.group(1)) : BigDecimal.ONE;
    }
}
