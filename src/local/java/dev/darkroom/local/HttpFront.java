package dev.darkroom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.Authorizer.Allowed;
import dev.darkroom.local.Authorizer.Refused;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** API Gateway: finds the route, asks its authorizer, hands the request to its function and turns the answer into a response. */
final class HttpFront implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST_PAYLOAD = 10 * 1024 * 1024;

    private final Map<String, FunctionPool> functions;
    private final Map<String, Authorizer> authorizers;
    private final List<Route> routes;
    private final HttpServer server;

    HttpFront(int port, Map<String, FunctionPool> functions, Map<String, Authorizer> authorizers) {
        this.functions = functions;
        this.authorizers = authorizers;
        this.routes = functions.values().stream()
                .flatMap(function -> function.spec().routes().stream())
                .sorted(Route.MOST_SPECIFIC_FIRST)
                .toList();
        this.server = Http.serve(port, this::handle);
    }

    URI address() {
        return Http.address(server);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var arrival = Instant.now();
        var body = exchange.getRequestBody().readNBytes(LARGEST_PAYLOAD + 1);
        if (body.length > LARGEST_PAYLOAD) {
            Http.answerJson(exchange, 413, "{\"message\":\"Request Entity Too Large\"}");
            return;
        }
        for (var route : routes) {
            var match = route.match(exchange.getRequestMethod(), GatewayRequest.path(exchange.getRequestURI()));
            if (match.isPresent()) {
                authorize(new GatewayRequest(exchange, route, match.get(), arrival), body);
                return;
            }
        }
        Http.answerJson(exchange, 404, "{\"message\":\"Not Found\"}");
    }

    private void authorize(GatewayRequest request, byte[] body) throws IOException {
        var name = request.route().authorizer();
        if (name.isEmpty()) {
            invoke(request, Optional.empty(), body);
            return;
        }
        switch (declared(authorizers, name.get()).decide(request)) {
            case Allowed(var context) -> invoke(request, Optional.of(context), body);
            case Refused(var status, var message) ->
                Http.answerJson(request.exchange(), status, "{\"message\":\"%s\"}".formatted(message));
        }
    }

    private void invoke(GatewayRequest request, Optional<JsonNode> caller, byte[] payload) throws IOException {
        var exchange = request.exchange();
        var function = declared(functions, request.route().function());
        var event = request.event(caller, payload);
        byte[] answer;
        try {
            answer = function.invoke(event).join();
        } catch (CompletionException _) {
            Http.answerJson(exchange, 500, "{\"message\":\"Internal Server Error\"}");
            return;
        }
        var response = JSON.readTree(answer);
        var headers = new HashMap<String, String>();
        response.path("headers")
                .properties()
                .forEach(
                        header -> headers.put(header.getKey(), header.getValue().asText()));
        var body = response.path("body").asText("");
        Http.answer(
                exchange,
                response.required("statusCode").intValue(),
                headers,
                response.path("isBase64Encoded").asBoolean()
                        ? Base64.getDecoder().decode(body)
                        : body.getBytes(StandardCharsets.UTF_8));
    }

    private static <T> T declared(Map<String, T> parts, String name) {
        return Optional.ofNullable(parts.get(name))
                .orElseThrow(
                        () -> new IllegalStateException("a route needs %s, which is not declared".formatted(name)));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
