package dev.darkroom.local.gateway;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.darkroom.local.declared.Route;
import dev.darkroom.local.functions.InvokableFunction;
import dev.darkroom.local.functions.Sender;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** A function's own URL: every request is an event of the function, with no limit but the function's own. */
public final class FunctionUrl implements HttpHandler {

    /** As Lambda names such a host. The answers of the function contain the API's address. */
    private static final String HOST = "local.lambda-url.us-east-1.on.aws";

    /** What Lambda passes to a function that is invoked and waited for. */
    private static final int MAX_PAYLOAD = 6 * 1024 * 1024;

    private final InvokableFunction function;
    private final GatewayListener listener;

    public FunctionUrl(InvokableFunction function, GatewayListener listener) {
        this.function = function;
        this.listener = listener;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var response = response(exchange);
        // Its answers are not described: the OpenAPI document is about the API.
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
        var everything = Route.of("*", "*", function.spec().name());
        var request = new GatewayRequest(exchange, everything, Map.of(), arrival);
        var sender = Sender.http(exchange.getRequestMethod(), rawPath(exchange));
        try {
            return GatewayResponse.of(
                    function.invoke(request.eventAt(HOST, body), sender).join());
        } catch (CompletionException _) {
            return GatewayResponse.message(502, "Internal Server Error");
        }
    }

    private static String rawPath(HttpExchange exchange) {
        return GatewayRequest.rawPath(exchange.getRequestURI());
    }
}
