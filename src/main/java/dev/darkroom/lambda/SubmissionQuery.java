package dev.darkroom.lambda;

import dev.darkroom.domain.Violation;
import java.util.List;
import java.util.regex.Pattern;

/** A submission has no parameters in its query: one that is ignored would be paid for without doing what was asked. */
final class SubmissionQuery {

    private static final int MOST_VIOLATIONS = 20;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int LONGEST_NAME = 64;

    private SubmissionQuery() {}

    static List<Violation> violations(ApiGatewayRequest request) {
        return request.queryParameters().stream()
                .map(SubmissionQuery::violation)
                .limit(MOST_VIOLATIONS)
                .toList();
    }

    private static Violation violation(String name) {
        return switch (name) {
            case "webhook" ->
                new Violation(
                        name,
                        "is not supported yet: this gateway delivers no webhooks. Nothing was stored or billed; leave it out"
                                + " and read the result at data.urls.get");
            case "" -> new Violation("query", "must be left out: the parameters are members of the JSON body");
            default ->
                new Violation(
                        printable(name),
                        "is not a query parameter: the model's parameters are members of the JSON body");
        };
    }

    private static String printable(String name) {
        var begin = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
        return CONTROL.matcher(begin).replaceAll("\uFFFD");
    }
}
