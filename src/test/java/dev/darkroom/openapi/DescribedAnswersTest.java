package dev.darkroom.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.provider.BalanceOutcome;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.Requests;
import dev.darkroom.http.TestCallers;
import dev.darkroom.local.declared.Route;
import dev.darkroom.local.declared.ServerlessFile;
import dev.darkroom.local.gateway.Answer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the handlers answer is as the document says. The platform tests check all that they see in the same way. */
class DescribedAnswersTest {

    private static final String ID = "%032x".formatted(1);
    private static final String UNKNOWN = "f".repeat(32);

    private static final Pattern PARAMETER = Pattern.compile("\\{[^/{}]+}");

    private static final JsonNode DOCUMENT =
            WriteOpenApi.document(Path.of("").toAbsolutePath(), "0").root();

    private static final AnswerCheck CHECK = new AnswerCheck(DOCUMENT);

    private final FuzzedGateway gateway = new FuzzedGateway();

    /** Sends a request to a handler, checks the answer, and returns its status. */
    private static int status(Function<JsonNode, JsonNode> handler, ObjectNode event) {
        var answer = handler.apply(event);
        var headers = answer.path("headers").properties().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey(), header -> header.getValue().asText()));
        int status = answer.path("statusCode").intValue();
        assertThat(CHECK.problems(new Answer(
                        event.at("/requestContext/http/method").asText(),
                        event.path("rawPath").asText(),
                        status,
                        headers,
                        answer.path("body").asText())))
                .isEmpty();
        return status;
    }

    private int submitted(ObjectNode event) {
        return status(request -> gateway.submit.handleRequest(request, new FakeContext(10_000)), event);
    }

    private int read(ObjectNode event) {
        return status(request -> gateway.get.handleRequest(request, new FakeContext(10_000)), event);
    }

    private int managed(ObjectNode event) {
        return status(request -> gateway.manage.handleRequest(request, new FakeContext(10_000)), event);
    }

    @Test
    void aSubmission() {
        assertThat(submitted(Requests.valid())).isEqualTo(200);
    }

    @Test
    void aSubmissionOfARetiredModel() {
        assertThat(submitted(Requests.submission("google/imagen4", "{\"prompt\": \"a cat\"}")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "{\"prompt\": \"a cat\", \"size\": 1}", "prompt=a"})
    void aSubmissionThatIsRefused(String body) {
        assertThat(submitted(Requests.submission("wavespeed-ai/imagen4", body))).isBetween(400, 415);
    }

    @Test
    void aSubmissionToAModelThatDoesNotExist() {
        assertThat(submitted(Requests.submission("wavespeed-ai/imagen5", "{}"))).isEqualTo(404);
    }

    @Test
    void aSubmissionWhileTheTableDoesNotAnswer() {
        gateway.core.store.setUnavailable(true);

        assertThat(submitted(Requests.valid())).isEqualTo(503);
    }

    @Test
    void aGenerationThatTheProviderHas() {
        gateway.storeOne();

        assertThat(read(Requests.result(ID))).isEqualTo(200);
        assertThat(read(Requests.events(ID))).isEqualTo(200);
        assertThat(managed(Requests.cancellation(ID))).isEqualTo(409);
    }

    @Test
    void theLinkOfAnImage() {
        var keeping = new FuzzedGateway(
                new CoreFixture().keepingImages(), new CallbackUrl(Optional.of(URI.create("https://gateway.example"))));
        keeping.storeOne();
        keeping.core.advance.advance(
                keeping.core.store.find(new GenerationId(ID)).orElseThrow());
        var row = keeping.core.store.find(new GenerationId(ID)).orElseThrow();
        var token = Optional.ofNullable(row.request().link()).orElseThrow().value();

        assertThat(status(event -> keeping.get.handleRequest(event, new FakeContext(10_000)), Requests.result(ID)))
                .isEqualTo(200);
        assertThat(opened(keeping, token)).isEqualTo(302);
        keeping.core.advance.advance(row);
        assertThat(opened(keeping, token)).isEqualTo(302);
        assertThat(opened(keeping, "0".repeat(32))).isEqualTo(404);
        assertThat(status(
                        event -> keeping.image.handleRequest(event, new FakeContext(10_000)),
                        Requests.receipt(ID, token, "0.png")))
                .isEqualTo(200);
        var hash = keeping.core.events.keptImages().getFirst().sha256().hex();
        assertThat(status(event -> keeping.get.handleRequest(event, new FakeContext(10_000)), Requests.byHash(hash)))
                .isEqualTo(200);
        assertThat(status(event -> keeping.get.handleRequest(event, new FakeContext(10_000)), Requests.byHash("0")))
                .isEqualTo(404);
        keeping.core.store.update(keeping.core.row(row).deleted(keeping.core.clock.instant()));
        assertThat(opened(keeping, token)).isEqualTo(410);
    }

    private static int opened(FuzzedGateway gateway, String token) {
        return status(
                event -> gateway.image.handleRequest(event, new FakeContext(10_000)),
                Requests.image(ID, token, "0.png"));
    }

    @Test
    void aGenerationThatIsQueuedAndThenCancelled() {
        gateway.storeQueued();

        assertThat(read(Requests.result(ID))).isEqualTo(200);
        assertThat(managed(Requests.cancellation(ID))).isEqualTo(200);
        assertThat(read(Requests.events(ID))).isEqualTo(200);
    }

    @Test
    void aGenerationWithAnUnknownOutcome() {
        gateway.storeUnconfirmed();

        assertThat(read(Requests.result(ID))).isEqualTo(200);
        assertThat(managed(Requests.cancellation(ID))).isEqualTo(409);
    }

    @Test
    void aGenerationThatDoesNotExist() {
        assertThat(read(Requests.result(UNKNOWN))).isEqualTo(404);
        assertThat(read(Requests.events(UNKNOWN))).isEqualTo(404);
        assertThat(managed(Requests.cancellation(UNKNOWN))).isEqualTo(404);
        assertThat(read(Requests.result("abc"))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "GET"})
    void otherMethodsOfAKnownPath(String method) {
        assertThat(submitted(Requests.unrouted(method, "/api/v3/wavespeed-ai/imagen4")))
                .isIn(204, 405);
        assertThat(read(Requests.unrouted(method, "/api/v3/predictions/" + UNKNOWN)))
                .isIn(204, 404, 405);
    }

    @Test
    void anEndpointThatTheGatewayDoesNotHave() {
        assertThat(submitted(Requests.unrouted("POST", "/api/v3/media/upload/binary")))
                .isEqualTo(404);
    }

    @Test
    void aListAndADeletion() {
        gateway.storeQueued();

        assertThat(read(post("/api/v3/predictions", "{\"include_inputs\": true}")))
                .isEqualTo(200);
        assertThat(managed(post("/api/v3/predictions/delete", "{\"ids\": [\"%s\"]}".formatted(ID))))
                .isEqualTo(409);
        assertThat(managed(Requests.cancellation(ID))).isEqualTo(200);
        assertThat(managed(post("/api/v3/predictions/delete", "{\"ids\": [\"%s\"]}".formatted(ID))))
                .isEqualTo(200);
        assertThat(read(post("/api/v3/predictions", "{}"))).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{\"page\": 0}", "{\"pages\": 1}", "[]"})
    void aListThatIsRefused(String body) {
        assertThat(read(post("/api/v3/predictions", body))).isEqualTo(400);
        assertThat(managed(post("/api/v3/predictions/delete", body))).isEqualTo(400);
    }

    @Test
    void theModels() {
        assertThat(submitted(LambdaEvents.http("GET /api/v3/models", "/api/v3/models")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            wavespeed-ai/imagen4                | {"num_images": 3} | 200
            google/nano-banana-2/text-to-image  | {}                | 200
            google/imagen4                      | {"seed": 1}       | 200
            wavespeed-ai/imagen4                | {"num_images": 9} | 400
            wavespeed-ai/imagen5                | {}                | 404
            """)
    void aPrice(String model, String inputs, int status) {
        var body = "{\"model_id\": \"%s\", \"inputs\": %s}".formatted(model, inputs);

        assertThat(submitted(post("/api/v3/model/price", body))).isEqualTo(status);
        assertThat(submitted(post("/api/v3/model/pricing", body))).isEqualTo(status);
    }

    @Test
    void theBalance() {
        assertThat(balance(new BalanceOutcome.Known(12_345_678))).isEqualTo(200);
    }

    @Test
    void aBalanceThatCannotBeRead() {
        assertThat(balance(new BalanceOutcome.Unavailable(Duration.ofSeconds(7), "HTTP 503")))
                .isEqualTo(503);
    }

    @Test
    void aBalanceThatIsNone() {
        assertThat(balance(new BalanceOutcome.Unclear("HTTP 401"))).isEqualTo(502);
    }

    private int balance(BalanceOutcome outcome) {
        gateway.core.provider.setBalance(outcome);
        return submitted(LambdaEvents.http("GET /api/v3/balance", "/api/v3/balance"));
    }

    private static ObjectNode post(String path, String body) {
        return LambdaEvents.http("POST " + path, path).put("body", body);
    }

    @Test
    void aSubmissionWithMetadata() {
        var event = Requests.valid();
        event.withObject("/headers").put("x-darkroom-metadata", "{\"project\": \"posters\"}");

        assertThat(submitted(event)).isEqualTo(200);
        assertThat(read(Requests.result(ID))).isEqualTo(200);
        assertThat(read(post("/api/v3/predictions", "{}"))).isEqualTo(200);
    }

    @Test
    void aSubmissionThatWaits() {
        var preferring = Requests.valid();
        preferring.withObject("/headers").put("prefer", "wait=2");

        assertThat(submitted(preferring)).isEqualTo(200);
        assertThat(submitted(
                        Requests.submission(CoreFixture.MODEL, "{\"prompt\": \"a cat\", \"enable_sync_mode\": true}")))
                .isEqualTo(200);
    }

    @Test
    void aRequestWithoutAKeyOrWithADisabledOne() {
        gateway.keys.disable(TestCallers.keyOf(TestCallers.ACME).digest().id());

        assertThat(submitted(TestCallers.withoutKey(Requests.valid()))).isEqualTo(401);
        assertThat(submitted(Requests.valid())).isEqualTo(403);
        assertThat(read(TestCallers.withoutKey(Requests.byHash("0".repeat(64)))))
                .isEqualTo(401);
        assertThat(read(Requests.byHash("0".repeat(64)))).isEqualTo(403);
        assertThat(managed(TestCallers.withoutKey(Requests.cancellation(ID)))).isEqualTo(401);
    }

    @Test
    void aKeyThatCannotBeReadBecauseTheTableDoesNotAnswer() {
        gateway.keys.setUnavailable(true);

        assertThat(submitted(LambdaEvents.http("GET /api/v3/models", "/api/v3/models")))
                .isEqualTo(503);
        assertThat(read(Requests.byHash("0".repeat(64)))).isEqualTo(503);
    }

    static List<Route> deployedRoutes() {
        return new ServerlessFile(Path.of("").toAbsolutePath())
                .functions().stream()
                        .flatMap(function -> function.routes().stream())
                        .toList();
    }

    @ParameterizedTest
    @MethodSource("deployedRoutes")
    void onlyRoutesThatAreDescribedAsOpenNeedNoKey(Route route) {
        var event = TestCallers.withoutKey(requestOn(route));
        var method = event.at("/requestContext/http/method").asText();
        var described = DOCUMENT.path("paths")
                .path("/" + route.path())
                .path(method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT));

        var answer = handler(route).apply(event);

        // OPTIONS is not described, and open everywhere.
        assertThat(answer.path("headers").has("www-authenticate"))
                .isEqualTo(!method.equals("OPTIONS") && !described.has("security"));
    }

    private static ObjectNode requestOn(Route route) {
        var method = route.method().equals("ANY") || route.isDefault() ? "GET" : route.method();
        var path = "/" + PARAMETER.matcher(route.path()).replaceAll(ID);
        var event = LambdaEvents.http(route.key(), path);
        event.withObject("/requestContext/http").put("method", method);
        var parameters = event.putObject("pathParameters");
        route.match(method, path).orElseThrow().forEach(parameters::put);
        return event;
    }

    private Function<JsonNode, JsonNode> handler(Route route) {
        return event -> switch (route.function()) {
            case "submit-generation" -> gateway.submit.handleRequest(event, new FakeContext(10_000));
            case "get-generation" -> gateway.get.handleRequest(event, new FakeContext(10_000));
            case "manage-generations" -> gateway.manage.handleRequest(event, new FakeContext(10_000));
            case "receive-webhook" -> gateway.webhook.handleRequest(event, new FakeContext(10_000));
            case "get-image" -> gateway.image.handleRequest(event, new FakeContext(10_000));
            default -> throw new IllegalArgumentException("no handler is known for " + route);
        };
    }

    @Test
    void imagesForOpenAisClients() {
        var request = post("/v1/images/generations", "{\"prompt\": \"a cat\"}");

        assertThat(submitted(request)).isEqualTo(503);
        gateway.waits.duringPause(() -> gateway.core.store.all().forEach(gateway.core.advance::advance));
        assertThat(submitted(request)).isEqualTo(200);
        assertThat(submitted(
                        post("/v1/images/generations", "{\"prompt\": \"a dog\", \"response_format\": \"b64_json\"}")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            {                                             | 400
            {"prompt": "a cat", "size": "1x1"}            | 400
            {"prompt": "a cat", "model": "acme/none"}     | 404
            """)
    void imagesForOpenAisClientsThatAreRefused(String body, int status) {
        assertThat(submitted(post("/v1/images/generations", body))).isEqualTo(status);
        assertThat(submitted(post("/v1/images/generations/async", body))).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"content_moderated, 400", "insufficient_credits, 402", "generation_failed, 422"})
    void aFailureForOpenAisClients(String code, int status) {
        gateway.core.provider.willAnswerPoll(new PollOutcome.Failed(new Failure(code, "the provider said no")));
        gateway.waits.duringPause(() -> gateway.core.store.all().forEach(gateway.core.advance::advance));

        assertThat(submitted(post("/v1/images/generations", "{\"prompt\": \"a cat\"}")))
                .isEqualTo(status);
        var id = gateway.core.store.all().iterator().next().id().value();
        assertThat(read(LambdaEvents.http("GET /v1/images/tasks/{id}", "/v1/images/tasks/" + id)))
                .isEqualTo(200);
    }

    @Test
    void aTask() {
        assertThat(submitted(post("/v1/images/generations/async", "{\"prompt\": \"a cat\"}")))
                .isEqualTo(202);
        var row = gateway.core.store.all().iterator().next();
        var event = LambdaEvents.http("GET /v1/images/tasks/{id}", "/v1/images/tasks/" + row.id());

        assertThat(read(event)).isEqualTo(200);
        gateway.core.advance.advance(row);
        assertThat(read(event)).isEqualTo(200);
        assertThat(read(LambdaEvents.http("GET /v1/images/tasks/{id}", "/v1/images/tasks/" + UNKNOWN)))
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/models, 200",
        "/v1/models/wavespeed-ai/imagen4, 200",
        "/v1/models/wavespeed-ai%2Fimagen4, 200",
        "/v1/models/acme/none, 404",
        "/v1/images/generations, 405",
        "/v1/chat/completions, 404"
    })
    void theModelsForOpenAisClients(String path, int status) {
        assertThat(submitted(Requests.unrouted("GET", path))).isEqualTo(status);
    }

    @Test
    void theDocumentItself() {
        assertThat(read(LambdaEvents.http("GET /openapi.json", "/openapi.json")))
                .isEqualTo(200);
    }

    @Test
    void aWebhook() {
        var event = Requests.webhook("wavespeed", ID).put("body", "{}");

        assertThat(status(request -> gateway.webhook.handleRequest(request, new FakeContext(10_000)), event))
                .isEqualTo(401);
    }
}
