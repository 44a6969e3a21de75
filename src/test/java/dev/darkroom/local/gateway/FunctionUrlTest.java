package dev.darkroom.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.declared.FunctionSpec;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A function's own URL over real sockets; only the function is a fake. */
class FunctionUrlTest {

    private final FakeFunction function = new FakeFunction(new FunctionSpec(
            "submit-generation", "Role", 128, Duration.ofSeconds(310), Map.of(), List.of(), OptionalInt.empty()));
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final HttpServer server = Http.serve(0, new FunctionUrl(function, refusals::add));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        server.stop(0);
        client.shutdownNow();
    }

    @Test
    void everyRequestIsAnEventWithoutARoute() throws IOException, InterruptedException {
        function.answers("{\"statusCode\": 200, \"body\": \"{}\"}");

        var response = post("/api/v3/a/b?c=d", "{\"prompt\": \"a cat\"}");

        assertThat(response.statusCode()).isEqualTo(200);
        var event = new JsonMapper().readTree(function.events().getFirst());
        assertThat(event.path("routeKey").asText()).isEqualTo("$default");
        assertThat(event.path("rawPath").asText()).isEqualTo("/api/v3/a/b");
        assertThat(event.path("rawQueryString").asText()).isEqualTo("c=d");
        assertThat(event.path("body").asText()).isEqualTo("{\"prompt\": \"a cat\"}");
        assertThat(event.has("pathParameters")).isFalse();
        assertThat(event.at("/requestContext/domainName").asText()).contains(".lambda-url.");
        assertThat(refusals).isEmpty();
    }

    @Test
    void aRefusalIsReported() throws IOException, InterruptedException {
        function.answers("{\"statusCode\": 404, \"body\": \"{\\\"error_code\\\": \\\"route_not_found\\\"}\"}");

        post("/images", "{}");

        assertThat(refusals)
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.status()).isEqualTo(404));
    }

    @Test
    void aFunctionThatFailsIsA502() throws IOException, InterruptedException {
        assertThat(post("/api/v3/a/b", "{}").statusCode()).isEqualTo(502);
    }

    @Test
    void aBodyThatLambdaDoesNotTakeIsRefused() throws IOException, InterruptedException {
        var response = post("/api/v3/a/b", "x".repeat(6 * 1024 * 1024 + 1));

        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(function.events()).isEmpty();
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(Http.address(server) + path))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }
}
