package dev.darkroom.local.secrets;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.iam.AccessRequest;
import dev.darkroom.local.iam.Iam;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/**
 * Secrets Manager with one secret, the provider's key. Every name is this secret's, if the role allows it.
 *
 * @see <a href="https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetSecretValue.html">GetSecretValue</a>
 */
public final class SecretsApi implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String READ = "secretsmanager.GetSecretValue";

    private final Iam iam;
    private final HttpServer server;
    private volatile String secret;

    public SecretsApi(Iam iam, String secret) {
        this.iam = iam;
        this.secret = secret;
        this.server = Http.serve(0, this::handle);
    }

    public URI address() {
        return Http.address(server);
    }

    /** Stores another value, as {@code put-secret-value} does. */
    public void replace(String other) {
        secret = other;
    }

    private void handle(HttpExchange exchange) throws IOException {
        var name = JSON.readTree(exchange.getRequestBody().readAllBytes())
                .path("SecretId")
                .asText();
        var principal = Iam.principal(exchange);
        var access = AccessRequest.to("secretsmanager:GetSecretValue", Arns.secret(name));
        if (!READ.equals(exchange.getRequestHeaders().getFirst("X-Amz-Target"))) {
            answer(exchange, 400, Map.of("__type", "UnknownOperationException"));
        } else if (!iam.allows(principal, access)) {
            answer(exchange, 400, Map.of("__type", "AccessDeniedException", "Message", Iam.message(principal, access)));
        } else {
            answer(exchange, 200, Map.of("Name", name, "SecretString", secret));
        }
    }

    private static void answer(HttpExchange exchange, int status, Map<String, String> body) throws IOException {
        Http.answerJson(exchange, status, JSON.writeValueAsString(body));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
