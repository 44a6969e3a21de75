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
        return request.queryParameters().stream()
                .map(name -> name.isEmpty()
                        ? new Violation("query", "must be left out: the parameters are members of the JSON body")
                        : new Violation(
                                printable(name), "is not a query parameter: send it as a member of the JSON body"))
                .limit(MAX_VIOLATIONS)
                .toList();
    }

    /** The name as an error may repeat it. */
    public static String printable(String name) {
        var begin = name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH) + "…";
        return CONTROL.matcher(begin).replaceAll("\uFFFD");
    }
}
