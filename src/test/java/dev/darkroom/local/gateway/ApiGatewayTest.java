package dev.darkroom.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.declared.ServerlessFile;
import dev.darkroom.local.functions.Sender;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The declared routes, CORS and throttle over real sockets; only the functions are fakes. */
class ApiGatewayTest {

    private static final Path PROJECT = Path.of("").toAbsolutePath();
    private static final String SUBMIT = "/api/v3/wavespeed-ai/imagen4";
    private static final String PAGE = "https://app.example.com";

    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Refusal> refusals = new CopyOnWriteArrayList<>();
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final GatewayListener listener = new GatewayListener() {

        @Override
        public void refused(Refusal refusal) {
            refusals.add(refusal);
        }

        @Override
        public void answered(Answer answer) {
            answers.add(answer);
        }
    };
    private final Map<String, FakeFunction> functions = new HashMap<>();
    private final List<HttpServer> servers = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        servers.forEach(server -> server.stop(0));
        client.shutdownNow();
    }

    @Test
    void anAnswerOfAFunctionIsNoRefusal() throws Exception {
        var gateway = gateway(Map.of(), Throttle.unlimited());
        function("submit-generation").answers("{\"statusCode\": 200, \"body\": \"{}\"}");

        var response = send(post(gateway, SUBMIT));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(refusals).isEmpty();
    }

    @Test
    void aRefusalHasItsCodeAndFieldsAndNoQuery() throws Exception {
        var gateway = gateway(Map.of(), Throttle.unlimited());
        function("submit-generation").answers("""
                {"statusCode": 400, "body": "{\\"code\\": 400, \\"message\\": \\"no\\", \\"error_code\\": \\"invalid_input\\", \
                \\"errors\\": [{\\"field\\": \\"prompt\\"}, {\\"field\\": \\"seed\\"}, {\\"field\\": \\"seed\\"}]}"}""");

        send(post(gateway, SUBMIT + "?secret=1"));

        assertThat(refusals)
                .containsExactly(new Refusal("POST", SUBMIT, 400, "invalid_input", List.of("prompt", "seed")));
    }

    @Test
    void aFunctionThatCrashesIsAnsweredWith500AndKnowsTheSender() throws Exception {
        var gateway = gateway(Map.of(), Throttle.unlimited());

        var response = send(post(gateway, SUBMIT));

        assertThat(response.statusCode()).isEqualTo(500);
        assertThat(response.body()).isEqualTo("{\"message\":\"Internal Server Error\"}");
        assertThat(function("submit-generation").senders())
                .extracting(Sender::onFailure)
                .containsExactly("POST " + SUBMIT + " was answered 500");
        assertThat(refusals).containsExactly(new Refusal("POST", SUBMIT, 500, "Internal Server Error", List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {SUBMIT, "/api/v3/predictions", "/api/v3/predictions/0123/result"})
    void aPreflightOfTheAllowedPageIsAnsweredByApiGatewayItself(String path) throws Exception {
        var gateway = gateway(Map.of("corsOrigin", PAGE), Throttle.unlimited());

        var response = send(preflight(gateway, path, PAGE));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(header(response, "access-control-allow-origin")).isEqualTo(PAGE);
        assertThat(header(response, "access-control-allow-methods")).isEqualTo("GET,POST");
        assertThat(header(response, "access-control-allow-headers"))
                .isEqualTo(
                        "authorization,content-type,idempotency-key,if-none-match,prefer,traceparent,x-darkroom-metadata,"
                                + "x-stainless-arch,x-stainless-lang,x-stainless-os,x-stainless-package-version,"
                                + "x-stainless-retry-count,x-stainless-runtime,x-stainless-runtime-version,x-stainless-timeout");
        assertThat(header(response, "access-control-max-age")).isEqualTo("600");
        assertThat(functions.values())
                .allSatisfy(function -> assertThat(function.senders()).isEmpty());
        assertThat(refusals).isEmpty();
    }

    @Test
    void aPreflightOfAnotherPageAllowsNothing() throws Exception {
        var gateway = gateway(Map.of("corsOrigin", PAGE), Throttle.unlimited());

        var response = send(preflight(gateway, SUBMIT, "https://other.example.com"));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
    }

    @Test
    void withoutCorsOriginAPreflightIsARequestForTheFunction() throws Exception {
        var gateway = gateway(Map.of(), Throttle.unlimited());
        function("submit-generation").answers("{\"statusCode\": 204}");

        var response = send(preflight(gateway, SUBMIT, PAGE));

        assertThat(response.statusCode()).isEqualTo(204);
        assertThat(response.headers().map().keySet()).noneMatch(name -> name.startsWith("access-control"));
        assertThat(function("submit-generation").senders()).hasSize(1);
    }

    @Test
    void theAllowedPageMayReadTheAnswerOfAFunction() throws Exception {
        var gateway = gateway(Map.of("corsOrigin", PAGE), Throttle.unlimited());
        function("submit-generation")
                .answers(
                        "{\"statusCode\": 200, \"headers\": {\"Access-Control-Allow-Origin\": \"*\"}, \"body\": \"{}\"}");

        var ofPage = send(post(gateway, SUBMIT).header("Origin", PAGE));
        var ofOther = send(post(gateway, SUBMIT).header("Origin", "https://other.example.com"));

        assertThat(ofPage.headers().allValues("access-control-allow-origin")).containsExactly(PAGE);
        assertThat(header(ofPage, "access-control-expose-headers"))
                .isEqualTo("x-request-id,x-should-retry,retry-after,retry-after-ms,location,idempotent-replayed,etag,"
                        + "preference-applied,x-darkroom-cost,deprecation,sunset");
        assertThat(ofOther.headers().allValues("access-control-allow-origin")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v3/predictions/0123/result, get-generation",
        "HEAD, /api/v3/predictions/0123/result, get-generation",
        "OPTIONS, /api/v3/predictions/0123/result, get-generation",
        "GET, /api/v3/predictions/0123/events, get-generation",
        "POST, /api/v3/predictions/0123/cancel, manage-generations",
        "POST, /api/v3/predictions, get-generation",
        "OPTIONS, /api/v3/predictions, get-generation",
        "POST, /api/v3/predictions/delete, manage-generations",
        "OPTIONS, /api/v3/predictions/delete, get-generation",
        "GET, /api/v3/predictions/0123/cancel, get-generation",
        "OPTIONS, /api/v3/predictions/0123/cancel, get-generation",
        "POST, //api/v3/predictions/0123/cancel, submit-generation",
        "HEAD, /api/v3/wavespeed-ai/imagen4, submit-generation",
        "OPTIONS, /api/v3/wavespeed-ai/imagen4, submit-generation",
        "GET, /openapi.json, get-generation",
        "HEAD, /openapi.json, get-generation",
        "OPTIONS, /openapi.json, get-generation"
    })
    void eachMethodOfAPathHasItsFunction(String method, String path, String function) throws Exception {
        var gateway = gateway(Map.of(), Throttle.unlimited());
        function(function).answers("{\"statusCode\": 200}");

        var response = send(HttpRequest.newBuilder(URI.create(gateway + path)).method(method, BodyPublishers.noBody()));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(function(function).senders()).hasSize(1);
    }

    @Test
    void theListenerGetsEachAnswerAsItIsSent() throws Exception {
        var gateway = gateway(Map.of(), Throttle.unlimited());
        function("submit-generation").answers("""
                {"statusCode": 200, "headers": {"X-Request-Id": "1"}, "body": "{}"}""");

        send(post(gateway, SUBMIT + "?secret=1"));
        send(HttpRequest.newBuilder(gateway.resolve("/api/v3/predictions")).POST(BodyPublishers.noBody()));

        assertThat(answers)
                .containsExactly(
                        new Answer("POST", SUBMIT, 200, Map.of("x-request-id", "1"), "{}"),
                        new Answer(
                                "POST",
                                "/api/v3/predictions",
                                500,
                                Map.of("content-type", "application/json"),
                                "{\"message\":\"Internal Server Error\"}"));
    }

    @Test
    void moreRequestsThanTheThrottleAllowsAreRefusedBeforeAnythingRuns() throws Exception {
        var gateway = gateway(Map.of(), new Throttle(1, 2, () -> 0));
        function("submit-generation").answers("{\"statusCode\": 200, \"body\": \"{}\"}");
        send(post(gateway, SUBMIT));
        send(post(gateway, SUBMIT));

        var response = send(post(gateway, SUBMIT));

        assertThat(response.statusCode()).isEqualTo(429);
        assertThat(response.body()).isEqualTo("{\"message\":\"Too Many Requests\"}");
        assertThat(function("submit-generation").senders()).hasSize(2);
        assertThat(refusals).containsExactly(new Refusal("POST", SUBMIT, 429, "Too Many Requests", List.of()));
    }

    /** Its functions fail. */
    private URI gateway(Map<String, String> parameters, Throttle throttle) {
        var declared = new ServerlessFile(PROJECT, parameters);
        declared.functions().forEach(spec -> functions.put(spec.name(), new FakeFunction(spec)));
        var server = Http.serve(0, new ApiGateway(functions, declared.endpoint(), throttle, listener));
        servers.add(server);
        return Http.address(server);
    }

    private FakeFunction function(String name) {
        return Optional.ofNullable(functions.get(name)).orElseThrow();
    }

    private static HttpRequest.Builder post(URI gateway, String path) {
        return HttpRequest.newBuilder(gateway.resolve(path)).POST(BodyPublishers.ofString("{}"));
    }

    private static HttpRequest.Builder preflight(URI gateway, String path, String page) {
        return HttpRequest.newBuilder(gateway.resolve(path))
                .method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", page)
                .header("Access-Control-Request-Method", "POST");
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String header(HttpResponse<String> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }
}
