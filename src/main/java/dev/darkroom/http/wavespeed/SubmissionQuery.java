package dev.darkroom.http.wavespeed;

import dev.darkroom.core.catalogue.Violation;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.DryRun;
import dev.darkroom.http.QueryParameters;
import dev.darkroom.http.WebhookFields;
import java.util.List;
import java.util.stream.Stream;

/** Refuses query parameters of a submission: the image would be paid for, but the parameter would have no effect. */
final class SubmissionQuery {

    private static final int MAX_VIOLATIONS = 20;

    private SubmissionQuery() {}

    static List<Violation> violations(ApiGatewayRequest request) {
        return request.queryParameters().stream()
                .filter(name -> !name.equals(WebhookFields.NAME))
                .flatMap(name ->
                        name.equals(DryRun.NAME) ? DryRun.violation(request).stream() : Stream.of(violation(name)))
                .limit(MAX_VIOLATIONS)
                .toList();
    }

    private static Violation violation(String name) {
        return switch (name) {
            case "" -> new Violation("query", "must be left out: the parameters are members of the JSON body");
            default ->
                new Violation(
                        QueryParameters.printable(name),
                        "is not a query parameter: the model's parameters are members of the JSON body");
        };
    }
}
