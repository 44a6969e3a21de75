package dev.darkroom.local.receiver;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.core.webhook.WebhookSecret;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** {@code make webhook-listener}: prints the webhooks that come to this machine, and says which of them are genuine. */
public final class WebhookListener implements AutoCloseable {

    private static final int MAX_BYTES = 256 * 1024;

    private final HttpServer server;
    private final WebhookSecret secret;
    private final InstantSource clock;
    private final PrintStream out;

    WebhookListener(int port, WebhookSecret secret, InstantSource clock, PrintStream out) {
        this.secret = secret;
        this.clock = clock;
        this.out = out;
        this.server = Http.serve(port, this::receive);
    }

    /** Reads {@code SECRET}, or {@code KEY} and {@code PORT}, and {@code LISTEN} from the environment. */
    public static void main(String[] arguments) throws InterruptedException {
        try {
            var environment = System.getenv();
            var listener = new WebhookListener(
                    Integer.parseInt(given(environment, "LISTEN").orElse("8090")),
                    secret(environment),
                    InstantSource.system(),
                    System.out);
            System.out.printf("Webhooks to %s are printed. Ctrl-C ends it.%n", listener.address());
        } catch (RuntimeException | IOException e) {
            System.err.println("darkroom: " + e.getMessage());
            System.exit(1);
        }
        Thread.currentThread().join();
    }

    private static Optional<String> given(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
    }

    private static WebhookSecret secret(Map<String, String> environment) throws IOException, InterruptedException {
        var given = given(environment, "SECRET");
        if (given.isPresent()) {
            return new WebhookSecret(given.get());
        }
        var key = given(environment, "KEY")
                .orElseThrow(
                        () -> new IllegalArgumentException(
                                "KEY must be an API key, or SECRET the secret of an endpoint: make webhook-listener KEY=drk_…"));
        var gateway =
                URI.create("http://localhost:" + given(environment, "PORT").orElse("8080"));
        return secretOf(gateway, key);
    }

    /** The secret of the webhooks of this API key's requests. */
    static WebhookSecret secretOf(URI gateway, String key) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(gateway.resolve("/api/v3/webhook/secret"))
                .header("Authorization", "Bearer " + key)
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var answer = client.send(request, BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalArgumentException(
                        "the gateway answers %d %s".formatted(answer.statusCode(), answer.body()));
            }
            var data = new JsonMapper().readTree(answer.body()).path("data");
            return new WebhookSecret(data.path("secret").asText());
        }
    }

    URI address() {
        return Http.address(server);
    }

    private void receive(HttpExchange exchange) throws IOException {
        var body = new String(exchange.getRequestBody().readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        var webhook = new ReceivedWebhook(
                header(exchange, "webhook-id"),
                header(exchange, "webhook-timestamp"),
                header(exchange, "webhook-signature"),
                body);
        var problem = webhook.problem(secret, clock.instant());
        out.printf("%s  %s%n%s%n", webhook.id(), problem.isEmpty() ? "verified" : "REFUSED: " + problem, body);
        Http.answer(exchange, problem.isEmpty() ? 204 : 401, Map.of(), new byte[0]);
    }

    private static String header(HttpExchange exchange, String name) {
        return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name)).orElse("");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
