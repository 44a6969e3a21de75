package dev.darkroom.local.gateway;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.declared.Route;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * An HTTP request to a route, as API Gateway's HTTP API hands it to functions: payload format 2.0.
 *
 * @param arrival the time before the request waited for a process
 */
record GatewayRequest(HttpExchange exchange, Route route, Map<String, String> pathParameters, Instant arrival) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Bodies of these types are handed over as text, all others in base64. */
    private static final Pattern TEXT =
            Pattern.compile("text/.*|application/(.+\\+)?(json|xml)(;.*)?|application/javascript(;.*)?");

    /** The decoded path with all its leading slashes. Java would read the text after two of them as a host. */
    static String path(URI uri) {
        var target = uri.toString();
        int slashes = 0;
        while (slashes < target.length() && target.charAt(slashes) == '/') {
            slashes++;
        }
        return slashes < 2
                ? uri.getPath()
                : target.substring(0, slashes - 1)
                        + URI.create(target.substring(slashes - 1)).getPath();
    }

    /** The path as it was sent, in which a URI allows no control characters. */
    static String rawPath(URI uri) {
        return uri.toString().split("[?#]", 2)[0];
    }

    /** The header's value; several values of one name are joined by commas. */
    private Optional<String> header(String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().get(name)).map(values -> String.join(",", values));
    }

    /** The event for the route's function. */
    String event(byte[] body) throws IOException {
        return eventAt(exchange.getRequestHeaders().getFirst("Host"), body);
    }

    /** The same for a request to this host. */
    String eventAt(String host, byte[] body) throws IOException {
        var event = withoutBody(host);
        var text = header("Content-Type")
                .filter(type -> TEXT.matcher(type.toLowerCase(Locale.ROOT)).matches())
                .flatMap(_ -> decoded(body));
        if (body.length > 0) {
            event.put("body", text.orElseGet(() -> Base64.getEncoder().encodeToString(body)));
        }
        event.put("isBase64Encoded", body.length > 0 && text.isEmpty());
        return JSON.writeValueAsString(event);
    }

    private ObjectNode withoutBody(String host) {
        var uri = exchange.getRequestURI();
        var event = JSON.createObjectNode();
        event.put("version", "2.0").put("routeKey", route.key()).put("rawPath", path(uri));
        event.put("rawQueryString", uri.getRawQuery() == null ? "" : uri.getRawQuery());
        var headers = event.putObject("headers");
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(",", values)));
        headers.put("x-forwarded-proto", "http");
        headers.put("x-forwarded-for", "127.0.0.1");
        if (uri.getRawQuery() != null) {
            var query = event.putObject("queryStringParameters");
            for (var pair : uri.getRawQuery().split("&", -1)) {
                var parts = pair.split("=", 2);
                var name = decoded(parts[0]);
                var value = parts.length == 2 ? decoded(parts[1]) : "";
                query.put(name, query.has(name) ? query.path(name).asText() + "," + value : value);
            }
        }
        var context = event.putObject("requestContext");
        context.put("accountId", Arns.ACCOUNT).put("apiId", "local").put("stage", "$default");
        context.put("domainName", host);
        context.put("requestId", UUID.randomUUID().toString()).put("routeKey", route.key());
        context.put("timeEpoch", arrival.toEpochMilli());
        var http = context.putObject("http");
        http.put("method", exchange.getRequestMethod()).put("path", path(uri)).put("protocol", "HTTP/1.1");
        http.put("sourceIp", "127.0.0.1")
                .put("userAgent", exchange.getRequestHeaders().getFirst("User-Agent"));
        if (!pathParameters.isEmpty()) {
            event.set("pathParameters", JSON.valueToTree(pathParameters));
        }
        return event;
    }

    /** Empty when the bytes are not UTF-8: then the event has them in base64. */
    private static Optional<String> decoded(byte[] body) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString());
        } catch (CharacterCodingException _) {
            return Optional.empty();
        }
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
