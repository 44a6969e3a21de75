package dev.darkroom.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.domain.Owner;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    private static final Pattern SLASHES = Pattern.compile("/{2,}");
    private static final Pattern AMPERSAND = Pattern.compile("&");
    private static final Pattern COMMA = Pattern.compile(", *");

    /** Method, space and pattern of the route that took it. */
    String routeKey() {
        return event.required("routeKey").asText();
    }

    String method() {
        return event.path("requestContext").path("http").path("method").asText();
    }

    /** With the stage in front if there is one; several slashes in a row are one, and a last one is left out. */
    String path() {
        return withSingleSlashes(event.required("rawPath").asText());
    }

    static String withSingleSlashes(String path) {
        var single = SLASHES.matcher(path).replaceAll("/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    /** The names in the query, decoded, each once. */
    Set<String> queryParameters() {
        var names = new LinkedHashSet<String>();
        AMPERSAND
                .splitAsStream(event.path("rawQueryString").asText(""))
                .filter(parameter -> !parameter.isEmpty())
                .forEach(parameter -> names.add(decoded(parameter.split("=", 2)[0])));
        event.path("queryStringParameters").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** As it stands when the encoding makes no sense: it is only compared and shown. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return name;
        }
    }

    /** {@code name} in lower case, as API Gateway writes them. */
    Optional<String> header(String name) {
        return Optional.ofNullable(event.path("headers").path(name).textValue());
    }

    /**
     * The different values of a header, none when it is missing: one that was sent several times arrives joined by
     * commas. {@code name} in lower case.
     */
    List<String> headerValues(String name) {
        return header(name)
                .map(joined -> Stream.of(COMMA.split(joined, -1)).distinct().toList())
                .orElse(List.of());
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
