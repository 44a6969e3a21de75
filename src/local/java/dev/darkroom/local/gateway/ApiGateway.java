package dev.darkroom.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.darkroom.local.declared.EndpointSpec;
import dev.darkroom.local.declared.Route;
import dev.darkroom.local.functions.InvokableFunction;
import dev.darkroom.local.functions.Sender;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/** API Gateway: finds the route, invokes its function and sends the answer as a response. */
public final class ApiGateway implements HttpHandler {

    private static final int MAX_PAYLOAD = 10 * 1024 * 1024;

    private final Map<String, ? extends InvokableFunction> functions;
    private final List<Route> routes;
    private final Cors cors;
    private final Throttle throttle;
    private final GatewayListener listener;

    public ApiGateway(
            Map<String, ? extends InvokableFunction> functions,
            EndpointSpec endpoint,
            Throttle throttle,
            GatewayListener listener) {
        this.functions = functions;
        this.routes = functions.values().stream()
                .flatMap(function -> function.spec().routes().stream())
                .sorted(Route.MOST_SPECIFIC_FIRST)
                .toList();
        this.cors = new Cors(endpoint.cors());
        this.throttle = throttle;
        this.listener = listener;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var response = response(exchange);
        listener.answered(Answer.of(exchange.getRequestMethod(), rawPath(exchange), response));
        if (Refusal.isRefused(response)) {
            listener.refused(Refusal.of(exchange.getRequestMethod(), rawPath(exchange), response));
        }
        Http.answer(exchange, response.status(), response.headers(), response.body());
    }

    private GatewayResponse response(HttpExchange exchange) throws IOException {
        var arrival = Instant.now();
        var body = exchange.getRequestBody().readNBytes(MAX_PAYLOAD + 1);
        if (body.length > MAX_PAYLOAD) {
            return GatewayResponse.message(413, "Request Entity Too Large");
        }
        if (cors.isPreflight(exchange)) {
            return cors.preflight(exchange);
        }
        var request = request(exchange, arrival);
        if (request.isEmpty()) {
            return GatewayResponse.message(404, "Not Found");
        }
        return throttle.allows() ? invoked(request.get(), body) : GatewayResponse.message(429, "Too Many Requests");
    }

    private Optional<GatewayRequest> request(HttpExchange exchange, Instant arrival) {
        var path = GatewayRequest.path(exchange.getRequestURI());
        return routes.stream()
                .flatMap(route -> route
                        .match(exchange.getRequestMethod(), path)
                        .map(parameters -> new GatewayRequest(exchange, route, parameters, arrival))
                        .stream())
                .findFirst();
    }

    private GatewayResponse invoked(GatewayRequest request, byte[] payload) throws IOException {
        var exchange = request.exchange();
        var sender = Sender.http(exchange.getRequestMethod(), rawPath(exchange));
        try {
            var answer = function(request.route().function())
                    .invoke(request.event(payload), sender)
                    .join();
            return cors.added(exchange, GatewayResponse.of(answer));
        } catch (CompletionException _) {
            return GatewayResponse.message(500, "Internal Server Error");
        }
    }

    private static String rawPath(HttpExchange exchange) {
        return GatewayRequest.rawPath(exchange.getRequestURI());
    }

    private InvokableFunction function(String name) {
        return Optional.<InvokableFunction>ofNullable(functions.get(name))
                .orElseThrow(
                        () -> new IllegalStateException("a route needs %s, which is not declared".formatted(name)));
    }
}
