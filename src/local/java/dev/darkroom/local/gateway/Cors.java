package dev.darkroom.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.local.declared.CorsSpec;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * CORS as an HTTP API has it: API Gateway answers preflights itself, and replaces the CORS headers of functions.
 *
 * @see <a href="https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html">CORS for HTTP APIs</a>
 */
record Cors(Optional<CorsSpec> spec) {

    private static final String PREFIX = "access-control-";

    /** Whether a page asks with it whether it may send a request. Without a CORS configuration there are none. */
    boolean isPreflight(HttpExchange exchange) {
        var headers = exchange.getRequestHeaders();
        return spec.isPresent()
                && exchange.getRequestMethod().equals("OPTIONS")
                && headers.containsKey("Origin")
                && headers.containsKey("Access-Control-Request-Method");
    }

    /** A page of another origin learns nothing from it, so its browser sends no request. */
    GatewayResponse preflight(HttpExchange exchange) {
        var headers = new HashMap<String, String>();
        allowed(exchange).ifPresent(cors -> {
            headers.put("Access-Control-Allow-Origin", cors.origin());
            headers.put("Access-Control-Allow-Methods", String.join(",", cors.methods()));
            headers.put("Access-Control-Allow-Headers", String.join(",", cors.headers()));
            headers.put("Access-Control-Max-Age", Long.toString(cors.maxAge().toSeconds()));
        });
        return GatewayResponse.empty(204, headers);
    }

    /** The response of a function with the configured headers; AWS documents them for no other responses. */
    GatewayResponse added(HttpExchange exchange, GatewayResponse response) {
        if (spec.isEmpty()) {
            return response;
        }
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.keySet().removeIf(name -> name.toLowerCase(Locale.ROOT).startsWith(PREFIX));
        allowed(exchange).ifPresent(cors -> {
            headers.put("Access-Control-Allow-Origin", cors.origin());
            headers.put("Access-Control-Expose-Headers", String.join(",", cors.exposedHeaders()));
        });
        return response.withHeaders(headers);
    }

    private Optional<CorsSpec> allowed(HttpExchange exchange) {
        return spec.filter(
                cors -> cors.origin().equals(exchange.getRequestHeaders().getFirst("Origin")));
    }
}
