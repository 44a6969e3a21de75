package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Models, prices and the balance over real HTTP, beside the answers of the simulated provider itself. */
class CatalogueIT {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String MODELS = "/api/v3/models";
    private static final String PRICE = "/api/v3/model/price";
    private static final String UNIT_PRICE = "/api/v3/model/pricing";
    private static final String BALANCE = "/api/v3/balance";

    /** Of the second gateway, where another model draws and a model has a further name. */
    private static final String ALIASES =
            "wavespeed-ai/imagen4=google/nano-banana-2/text-to-image,house/cheap=wavespeed-ai/flux-schnell";

    /** What the account at the simulated provider holds at first, in US dollars. */
    private static final BigDecimal CREDIT = BigDecimal.valueOf(100);

    private static final Duration LONG_ENOUGH = Duration.ofSeconds(60);

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        gateway = RunningPlatform.start(RunningPlatform.options());
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    static List<String> models() {
        return new JsonSchemaCatalogue()
                .ids().stream().map(ModelId::value).sorted().toList();
    }

    @Test
    void everyModelIsListedWithWhatTheProviderSaysOfIt() throws IOException {
        var provider = byId(data(atProvider().get(provider(MODELS))));

        var listed = byId(data(gateway.request().get(gateway.url(MODELS))));

        assertThat(listed).containsOnlyKeys(models());
        assertThat(listed).allSatisfy((id, model) -> {
            var live = provider.getOrDefault(id, MissingNode.getInstance());
            assertThat(model.path("name")).isEqualTo(live.path("name"));
            assertThat(model.path("description")).isEqualTo(live.path("description"));
            assertThat(model.path("type")).isEqualTo(live.path("type"));
            var schema = model.at("/api_schema/api_schemas/0/request_schema");
            assertThat(schema.path("required")).isEqualTo(live.at("/api_schema/api_schemas/0/request_schema/required"));
            assertThat(names(live.at("/api_schema/api_schemas/0/request_schema")))
                    .containsAll(names(schema));
            if (!model.has("drawn_by")) {
                assertThat(model.path("base_price")).isEqualTo(live.path("base_price"));
            }
        });
    }

    @Test
    void aCallerThatHasTheListGetsA304() {
        var first = gateway.request().get(gateway.url(MODELS));

        var second =
                gateway.request().header("If-None-Match", first.header("ETag")).get(gateway.url(MODELS));

        assertThat(first.statusCode()).isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(304);
        assertThat(second.body().asByteArray()).isEmpty();
        assertThat(second.header("ETag")).isEqualTo(first.header("ETag"));
    }

    /** Of a model that another one draws, the price of the other one is right. */
    @ParameterizedTest
    @MethodSource("models")
    void aPriceIsTheProvidersOrThereIsNone(String model) throws IOException {
        var drawing = data(gateway.request().get(gateway.url(MODELS)))
                .valueStream()
                .filter(entry -> entry.path("model_id").asText().equals(model))
                .map(entry -> entry.path("drawn_by").asText(model))
                .findFirst()
                .orElseThrow();

        var ours = data(ask(PRICE, question(model, "{\"prompt\": \"a cat\"}")));
        var theirs =
                atProvider().body(question(drawing, "{\"prompt\": \"a cat\"}")).post(provider(PRICE));

        assertThat(ours.path("model_id").asText()).isEqualTo(model);
        assertThat(ours.path("currency").asText()).isEqualTo("USD");
        assertThat(ours.path("discounted_price")).isEqualTo(ours.path("price"));
        if (theirs.statusCode() == 404) {
            assertThat(ours.path("price").isNull())
                    .as("no price of %s", drawing)
                    .isTrue();
            assertThat(ours.path("note").asText()).isNotBlank();
        } else {
            assertThat(ours.path("price").decimalValue())
                    .isEqualByComparingTo(data(theirs).path("price").decimalValue());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            wavespeed-ai/imagen4                  | {"prompt": "a cat", "num_images": 4}
            wavespeed-ai/imagen4                  | {"num_images": 3}
            wavespeed-ai/flux-2-pro/text-to-image | {"num_images": 2}
            bytedance/seedream-v5.0-pro           | {"prompt": "a cat", "resolution": "2k"}
            openai/gpt-image-1/text-to-image      | {"size": "1536*1024", "quality": "high"}
            wavespeed-ai/z-image/turbo            | {}
            """)
    void aPriceByTheInputsIsTheProviders(String model, String inputs) throws IOException {
        var question = question(model, inputs);
        var theirs = data(atProvider().body(question).post(provider(PRICE)));
        var theirUnitPrice = data(atProvider().body(question).post(provider(UNIT_PRICE)));

        var ours = data(ask(PRICE, question));
        var unitPrice = data(ask(UNIT_PRICE, question));

        assertThat(ours.path("price").decimalValue())
                .isPositive()
                .isEqualByComparingTo(theirs.path("price").decimalValue());
        assertThat(unitPrice.path("unit_price").decimalValue())
                .isEqualByComparingTo(theirUnitPrice.path("unit_price").decimalValue());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"model_id": "wavespeed-ai/imagen4", "inputs": {"num_images": 9}}  | 400 | num_images
            {"model_id": "wavespeed-ai/imagen4", "inputs": {"colour": "red"}}  | 400 | colour
            {"model_id": "wavespeed-ai/imagen5", "inputs": {}}                 | 404 | model_id
            {"inputs": {}}                                                     | 400 | model_id
            {"model_id": "wavespeed-ai/imagen4", "inputs": []}                 | 400 | inputs
            {"model_id": "wavespeed-ai/imagen4", "input": {}}                  | 400 | input
            """)
    void aWrongQuestionNamesTheField(String question, int status, String field) {
        for (var path : List.of(PRICE, UNIT_PRICE)) {
            var answer = ask(path, question);

            assertThat(answer.statusCode()).isEqualTo(status);
            assertThat(answer.jsonPath().getList("errors.field")).containsExactly(field);
        }
    }

    /** A process keeps for a minute what it has read, and other tests submit. */
    @Test
    void theBalanceIsTheProviders() throws IOException {
        var balance = balanceOf(gateway);

        assertThat(balance).isBetween(balanceAtProviderOf(gateway), CREDIT);
    }

    @Test
    void questionsStoreAndPayNothing() {
        int rows = gateway.rows().size();
        int posts = gateway.platform().simulator().posts();

        gateway.request().get(gateway.url(MODELS));
        ask(PRICE, question("wavespeed-ai/imagen4", "{\"prompt\": \"a cat\"}"));
        ask(UNIT_PRICE, question("wavespeed-ai/imagen4", "{\"prompt\": \"a cat\"}"));
        gateway.request().get(gateway.url(BALANCE));

        assertThat(gateway.rows()).hasSize(rows);
        assertThat(gateway.platform().simulator().posts()).isEqualTo(posts);
    }

    @ParameterizedTest
    @ValueSource(strings = {MODELS, BALANCE})
    void headIsAnsweredLikeGet(String path) {
        var head = gateway.request().head(gateway.url(path));

        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body().asByteArray()).isEmpty();
        assertThat(head.header("Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @CsvSource({
        MODELS + ", 'GET, HEAD, OPTIONS'",
        BALANCE + ", 'GET, HEAD, OPTIONS'",
        PRICE + ", 'POST, OPTIONS'",
        UNIT_PRICE + ", 'POST, OPTIONS'"
    })
    void optionsNamesTheMethods(String path, String methods) {
        var options = gateway.request().options(gateway.url(path));

        assertThat(options.statusCode()).isEqualTo(204);
        assertThat(options.header("Allow")).isEqualTo(methods);
    }

    @ParameterizedTest
    @CsvSource({"GET, " + MODELS, "POST, " + PRICE, "POST, " + UNIT_PRICE, "GET, " + BALANCE})
    void withoutAKeyThereIsNoAnswer(String method, String path) {
        given().request(method, gateway.url(path)).then().statusCode(401);
    }

    /** A base URL that ends with a slash makes such paths. */
    @Test
    void aSlashTooManyIsTheSame() {
        assertThat(gateway.request()
                        .urlEncodingEnabled(false)
                        .get(gateway.url("/" + MODELS))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anotherDeploymentHasItsOwnAliasesAndBalance() throws IOException {
        try (var other = RunningPlatform.start(
                RunningPlatform.options().withEnvironment(Map.of("DARKROOM_MODELS_ALIASES", ALIASES)))) {
            await().atMost(LONG_ENOUGH).until(() -> other.post("{}").statusCode() == 400);

            var redirected =
                    data(ask(other, PRICE, question("wavespeed-ai/imagen4", "{\"num_images\": 4, \"seed\": 1}")));
            var cheap = data(ask(other, PRICE, question("house/cheap", "{\"num_images\": 2}")));
            var listed = byId(data(other.request().get(other.url(MODELS))));
            var balance = balanceOf(other);

            assertThat(balance).isEqualByComparingTo(balanceAtProviderOf(other));
            assertThat(redirected.path("price").isNull()).isTrue();
            assertThat(redirected.path("warnings").findValuesAsText("field")).containsExactly("model", "seed");
            assertThat(cheap.path("price").decimalValue()).isEqualByComparingTo("0.006");
            assertThat(listed).containsKey("house/cheap");
            assertThat(listed.getOrDefault("wavespeed-ai/imagen4", MissingNode.getInstance())
                            .path("drawn_by")
                            .asText())
                    .isEqualTo("google/nano-banana-2/text-to-image");
        }
    }

    private static RequestSpecification atProvider() {
        return given().header("Authorization", "Bearer simulated").contentType(ContentType.JSON);
    }

    private static String provider(String path) {
        return gateway.platform().simulator().address() + path;
    }

    private static BigDecimal balanceOf(RunningPlatform platform) throws IOException {
        return data(platform.request().get(platform.url(BALANCE)))
                .path("balance")
                .decimalValue();
    }

    private static BigDecimal balanceAtProviderOf(RunningPlatform platform) throws IOException {
        return data(atProvider().get(platform.platform().simulator().address() + BALANCE))
                .path("balance")
                .decimalValue();
    }

    private static Response ask(String path, String question) {
        return ask(gateway, path, question);
    }

    private static Response ask(RunningPlatform platform, String path, String question) {
        return platform.request().contentType(ContentType.JSON).body(question).post(platform.url(path));
    }

    private static String question(String model, String inputs) {
        return "{\"model_id\": \"%s\", \"inputs\": %s}".formatted(model, inputs);
    }

    private static JsonNode data(Response answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return JSON.readTree(answer.asString()).path("data");
    }

    /** The parameters of a schema. */
    private static List<String> names(JsonNode schema) {
        return schema.path("properties").propertyStream().map(Map.Entry::getKey).toList();
    }

    private static Map<String, JsonNode> byId(JsonNode models) {
        return models.valueStream()
                .collect(Collectors.toMap(model -> model.path("model_id").asText(), Function.identity()));
    }
}
