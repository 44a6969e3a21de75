package dev.darkroom.http;

import dev.darkroom.core.catalogue.Violation;
import java.util.List;
import java.util.regex.Pattern;

/** The query parameters of a request that takes none. */
public final class QueryParameters {

    private static final int MAX_VIOLATIONS = 20;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int MAX_NAME_LENGTH = 64;

    private QueryParameters() {}

    /** One for each parameter, because it would have no effect. */
    public static List<Violation> violations(ApiGatewayRequest request) {
        return violations(
                request,
                "must be left out: the parameters are members of the JSON body",
                "is not a query parameter: send it as a member of the JSON body");
    }

    /** The same for a request that has no parameters in its body either. */
    public static List<Violation> violationsWithoutBody(ApiGatewayRequest request) {
        return violations(request, "must be left out", "is not a query parameter: leave it out");
    }

    private static List<Violation> violations(ApiGatewayRequest request, String nameless, String named) {
        return request.queryParameters().stream()
                .map(name -> name.isEmpty() ? new Violation("query", nameless) : new Violation(printable(name), named))
                .limit(MAX_VIOLATIONS)
                .toList();
    }

    /** The name as an error may repeat it. */
    public static String printable(String name) {
        var begin = name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH) + "…";
        return CONTROL.matcher(begin).replaceAll("\uFFFD");
    }
}
