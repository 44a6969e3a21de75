package dev.darkroom.local;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** API Gateway: finds the route, hands the request to its function and turns the answer into a response. */
final class HttpFront implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final int LARGEST_PAYLOAD = 10 * 1024 * 1024;

    private final Map<String, FunctionPool> functions;
    private final List<Route> routes;
    private final HttpServer server;

    HttpFront(int port, Map<String, FunctionPool> functions) {
        this.functions = functions;
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
        var body = exchange.getRequestBody().readNBytes(LARGEST_PAYLOAD + 1);
        if (body.length > LARGEST_PAYLOAD) {
            Http.answerJson(exchange, 413, "{\"message\":\"Request Entity Too Large\"}");
            return;
        }
        for (var route : routes) {
            var match = route.match(
                    exchange.getRequestMethod(), exchange.getRequestURI().getPath());
            if (match.isPresent()) {
                invoke(exchange, route, ApiGatewayEvent.of(exchange, route, match.get(), body));
                return;
            }
        }
        Http.answerJson(exchange, 404, "{\"message\":\"Not Found\"}");
    }

    private void invoke(HttpExchange exchange, Route route, String event) throws IOException {
        var function = functions.get(route.function());
        if (function == null) {
            throw new IllegalStateException("a route to no function");
        }
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

    @Override
    public void close() {
        server.stop(0);
    }
}
