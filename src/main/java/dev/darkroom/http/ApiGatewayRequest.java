package dev.darkroom.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.generation.TraceParent;
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
 * A request in the format of API Gateway (HTTP API, payload 2.0). It is read from the JSON tree: binding it to a bean
 * by reflection would slow down every cold start. A missing field that API Gateway always sends is an {@link
 * IllegalArgumentException}; a missing field of the caller's is empty.
 *
 * @param event as it was received, but without the prefix of the routes for tokens
 * @param hasToken whether API Gateway has verified a token of the caller
 */
public record ApiGatewayRequest(JsonNode event, boolean hasToken) {

    static final Duration MAX_ANSWER_TIME = Duration.ofMillis(8_500);
    private static final Pattern SLASHES = Pattern.compile("/{2,}");
    private static final Pattern AMPERSAND = Pattern.compile("&");
    private static final Pattern COMMA = Pattern.compile(", *");

    public ApiGatewayRequest(JsonNode event) {
        this(TokenRoutes.withoutPrefix(event), TokenRoutes.isOf(event));
    }

    /** Method, space and pattern of the route that matched. */
    public String routeKey() {
        return event.required("routeKey").asText();
    }

    public String method() {
        return event.path("requestContext").path("http").path("method").asText();
    }

    /**
     * The path with the stage in front, if there is one; repeated slashes count as one, and a trailing slash is left
     * out.
     */
    public String path() {
        return withSingleSlashes(event.required("rawPath").asText());
    }

    public static String withSingleSlashes(String path) {
        var single = SLASHES.matcher(path).replaceAll("/");
        return single.length() > 1 && single.endsWith("/") ? single.substring(0, single.length() - 1) : single;
    }

    /** The names of the query parameters, decoded, each once. */
    public Set<String> queryParameters() {
        var names = new LinkedHashSet<String>();
        AMPERSAND
                .splitAsStream(event.path("rawQueryString").asText(""))
                .filter(parameter -> !parameter.isEmpty())
                .forEach(parameter -> names.add(decoded(parameter.split("=", 2)[0])));
        event.path("queryStringParameters").fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** The values of a query parameter, none when it is missing: API Gateway joins repeated ones with commas. */
    public List<String> queryValues(String name) {
        var joined = event.path("queryStringParameters").path(name).asText("");
        return joined.isEmpty() ? List.of() : List.of(COMMA.split(joined, -1));
    }

    /** A name with an invalid encoding stays as it is, because it is only compared and shown. */
    private static String decoded(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException _) {
            return name;
        }
    }

    /** {@code name} is in lower case, as API Gateway writes names. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(event.path("headers").path(name).textValue());
    }

    /**
     * The distinct values of a header, none when it is missing: API Gateway joins repeated headers with commas. {@code
     * name} is in lower case.
     */
    public List<String> headerValues(String name) {
        return header(name)
                .map(joined -> Stream.of(COMMA.split(joined, -1)).distinct().toList())
                .orElse(List.of());
    }

    /** Where the request belongs in its caller's trace; empty when the header is missing or not valid. */
    Optional<TraceParent> traceParent() {
        return header(TraceParent.NAME).map(String::strip).flatMap(TraceParent::of);
    }

    /** The headers, with names in lower case. */
    public Map<String, String> headers() {
        return event.path("headers").properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, header -> header.getValue().asText()));
    }

    public String pathParameter(String name) {
        return event.path("pathParameters").path(name).asText("");
    }

    String domainName() {
        return event.required("requestContext").required("domainName").asText();
    }

    /** Whether it came to the function's own URL: Lambda writes such a request as API Gateway does. */
    public boolean isOfFunctionUrl() {
        return event.path("requestContext").path("domainName").asText().contains(".lambda-url.");
    }

    /** When the caller has to be answered: its client may give up, and repeat the request, after 10 s in all. */
    public Optional<Instant> answerBy() {
        return arrival().map(time -> time.plus(MAX_ANSWER_TIME));
    }

    /** When the request arrived at API Gateway, in whole milliseconds. */
    public Optional<Instant> arrival() {
        var time = event.path("requestContext").path("timeEpoch");
        return time.isIntegralNumber() ? Optional.of(Instant.ofEpochMilli(time.longValue())) : Optional.empty();
    }

    String body() {
        return event.path("body").asText("");
    }

    boolean isBase64Encoded() {
        return event.path("isBase64Encoded").asBoolean();
    }
}
