package dev.darkroom.local.functions;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.iam.AccessRequest;
import dev.darkroom.local.iam.Iam;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/** Lambda's Invoke API, so that one function can start another, synchronously or not. */
public final class InvokeApi implements AutoCloseable {

    private static final Pattern PATH = Pattern.compile("/2015-03-31/functions/([^/]+)/invocations");
    private static final JsonMapper JSON = new JsonMapper();

    private final Iam iam;
    private final Map<String, ? extends InvokableFunction> functions;
    private final HttpServer server;

    public InvokeApi(Iam iam, Map<String, ? extends InvokableFunction> functions) {
        this.iam = iam;
        this.functions = functions;
        this.server = Http.serve(0, this::invoke);
    }

    public URI address() {
        return Http.address(server);
    }

    private void invoke(HttpExchange exchange) throws IOException {
        var path = PATH.matcher(exchange.getRequestURI().getPath());
        var event = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var name = path.matches() ? Arns.functionName(path.group(1)) : "";
        var principal = Iam.principal(exchange);
        var access = AccessRequest.to("lambda:InvokeFunction", Arns.function(name));
        if (!iam.allows(principal, access)) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "AccessDeniedException");
            Http.answerJson(exchange, 403, JSON.writeValueAsString(Map.of("Message", Iam.message(principal, access))));
            return;
        }
        var function = functions.get(name);
        if (function == null) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", "ResourceNotFoundException");
            Http.answerJson(exchange, 404, "{\"Message\":\"Function not found\"}");
            return;
        }
        boolean waits = !"Event".equals(exchange.getRequestHeaders().getFirst("X-Amz-Invocation-Type"));
        var answer = function.invoke(event, waits ? Sender.synchronous(principal) : Sender.asynchronous(principal));
        if (!waits) {
            Http.answer(exchange, 202, Map.of(), new byte[0]);
            return;
        }
        try {
            Http.answer(exchange, 200, Map.of("Content-Type", "application/json"), answer.join());
        } catch (CompletionException e) {
            if (!(e.getCause() instanceof FunctionException failure)) {
                throw e;
            }
            exchange.getResponseHeaders().set("X-Amz-Function-Error", "Unhandled");
            var body = Map.of("errorType", failure.type(), "errorMessage", String.valueOf(failure.getMessage()));
            Http.answerJson(exchange, 200, JSON.writeValueAsString(body));
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
