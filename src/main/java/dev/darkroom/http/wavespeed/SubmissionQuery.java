package dev.darkroom.http.wavespeed;

import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.http.ApiGatewayRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Refuses query parameters of a submission: the image would be paid for, but the parameter would have no effect. */
final class SubmissionQuery {

    private static final int MAX_VIOLATIONS = 20;
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");
    private static final int MAX_NAME_LENGTH = 64;

    private SubmissionQuery() {}

    static List<Violation> violations(ApiGatewayRequest request) {
        return request.queryParameters().stream()
                .map(SubmissionQuery::violation)
                .limit(MAX_VIOLATIONS)
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
        var begin = name.length() <= MAX_NAME_LENGTH ? name : name.substring(0, MAX_NAME_LENGTH) + "…";
        return CONTROL.matcher(begin).replaceAll("\uFFFD");
    }
}
