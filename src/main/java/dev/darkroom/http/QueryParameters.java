package dev.darkroom.http;

import dev.darkroom.core.catalogue.Violation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

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

    /** The same for a request that takes one parameter; {@code violation} is what is wrong with its value. */
    public static List<Violation> violationsBeside(
            String taken, Optional<Violation> violation, ApiGatewayRequest request) {
        return Stream.concat(
                        violation.stream(),
                        violations(request).stream().filter(one -> !one.field().equals(taken)))
                .toList();
    }

    /** The same for a request that has no parameters in its body either. */
    public static List<Violation> violationsWithoutBody(ApiGatewayRequest request) {
        return violations(request, "must be left out", "is not a query parameter: leave it out");
    }

    /** The same for a request that takes all its parameters from the query: one for each that is not {@code known}. */
    public static List<Violation> unknown(Set<String> known, ApiGatewayRequest request) {
        return violations(
                request.queryParameters().stream().filter(name -> !known.contains(name)),
                "must be left out",
                "is not a query parameter of this endpoint: leave it out");
    }

    private static List<Violation> violations(ApiGatewayRequest request, String nameless, String named) {
        return violations(request.queryParameters().stream(), nameless, named);
    }

    private static List<Violation> violations(Stream<String> names, String nameless, String named) {
        return names.map(name ->
                        name.isEmpty() ? new Violation("query", nameless) : new Violation(printable(name), named))
                .limit(MAX_VIOLATIONS)
                .toList();
    }

    /** The name as an error may repeat it. */
    public static String printable(String name) {
        var begin = name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH) + "…";
        return CONTROL.matcher(begin).replaceAll("\uFFFD");
    }
}
