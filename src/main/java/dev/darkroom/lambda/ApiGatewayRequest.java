package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.domain.Owner;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A request as API Gateway hands it over (HTTP API, payload 2.0), read where it stands: every cold start would pay for
 * binding it to a bean by reflection. What API Gateway always sends is required ({@link IllegalArgumentException}); what
 * a caller may leave out is empty.
 *
 * @param event as it came
 */
record ApiGatewayRequest(JsonNode event) {

    /** What the authorizer calls the owner in its answer. */
    static final String OWNER = "owner";

    private static final Duration LONGEST_ANSWER = Duration.ofMillis(8_500);

    /** Method, space and pattern of the route that took it. */
    String routeKey() {
        return event.required("routeKey").asText();
    }

    /** Still encoded, with the stage in front if there is one. */
    String rawPath() {
        return event.required("rawPath").asText();
    }

    /** {@code name} in lower case, as API Gateway writes them. */
    Optional<String> header(String name) {
        return Optional.ofNullable(event.path("headers").path(name).textValue());
    }

    /** With names in lower case. */
    Map<String, String> headers() {
        return event.path("headers").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, header -> header.getValue().asText()));
    }

    String pathParameter(String name) {
        return event.path("pathParameters").path(name).asText("");
    }

    String domainName() {
        return event.required("requestContext").required("domainName").asText();
    }

    /** Whose key it came with, as our authorizer told: a request that did not pass it is an error of ours. */
    Owner owner() {
        var context = event.required("requestContext");
        return new Owner(context.required("authorizer")
                .required("lambda")
                .required(OWNER)
                .asText());
    }

    /** When the caller has to be answered: his client may give up, and repeat the request, after 10 s in all. */
    Optional<Instant> answerBy() {
        var arrival = event.path("requestContext").path("timeEpoch");
        return arrival.isIntegralNumber()
                ? Optional.of(Instant.ofEpochMilli(arrival.longValue()).plus(LONGEST_ANSWER))
                : Optional.empty();
    }

    String body() {
        return event.path("body").asText("");
    }

    boolean isBase64Encoded() {
        return event.path("isBase64Encoded").asBoolean();
    }
}
