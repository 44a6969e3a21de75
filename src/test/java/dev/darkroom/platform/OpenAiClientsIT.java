package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.darkroom.core.catalogue.Model;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.money.BudgetPeriod;
import dev.darkroom.core.money.KeyBudget;
import dev.darkroom.core.money.Money;
import dev.darkroom.jsonschema.JsonSchemaCatalogue;
import dev.darkroom.local.net.HttpProxy;
import dev.darkroom.local.net.OneOrigin;
import dev.darkroom.local.programs.EndedProgram;
import dev.darkroom.local.programs.NpmPackages;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The acceptance test of OpenAI's dialect: unmodified clients get images, or errors that they understand. */
class OpenAiClientsIT {

    private static final String MODEL = "wavespeed-ai/imagen4";
    private static final List<String> CLIENTS = List.of("openai", "@ai-sdk/openai", "@ai-sdk/openai-compatible");

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    /** The AI SDK fetches links itself. */
    @SuppressWarnings("NullAway.Init")
    private static HttpProxy line;

    @SuppressWarnings("NullAway.Init")
    private static OneOrigin origin;

    @SuppressWarnings("NullAway.Init")
    private static NpmPackages packages;

    /** It takes a minute, so it runs beside the other tests. */
    @SuppressWarnings("NullAway.Init")
    private static CompletableFuture<JsonPath> slow;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        packages = NpmPackages.install(RunningPlatform.PROJECT, "src/test/npm/openai", "openai-clients");
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withParameters(Map.of("modelAliases", "gpt-image-1=openai/gpt-image-1/text-to-image")));
        gateway.warmUp();
        line = new HttpProxy(OpenAiClientsIT::relay);
        origin = new OneOrigin(
                gateway.platform().address(), line.before(gateway.platform().address()));
        slow = CompletableFuture.supplyAsync(() -> images("openai", "[60 s] a cat", ""));
    }

    private static void relay(HttpExchange exchange, String body, HttpProxy line)
            throws IOException, InterruptedException {
        if (exchange.getRequestURI().getPath().startsWith("/images/")) {
            HttpProxy.answer(exchange, origin.image(exchange.getRequestURI()));
        } else {
            origin.answer(exchange, line.send(exchange, body));
        }
    }

    @AfterAll
    static void end() {
        line.close();
        origin.close();
        gateway.close();
    }

    static List<String> clients() {
        return CLIENTS;
    }

    /** {@code others} are further members of the request, each with a comma in front. */
    private static JsonPath images(String client, String prompt, String others) {
        return run(client, gateway.key().value(), """
                {"model": "%s", "prompt": "%s"%s}""".formatted(MODEL, prompt, others));
    }

    private static JsonPath run(String client, String key, String request) {
        try {
            var ended = EndedProgram.of(
                    new ProcessBuilder("node", "images.mjs", client, line.address() + "/v1", key, request)
                            .directory(packages.folder().toFile()));
            assertThat(ended.exitCode()).as(ended.toString()).isZero();
            return JsonPath.from(ended.output());
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** How many predictions the provider has that were made from this prompt. */
    private static long predictions(String prompt) {
        var simulator = gateway.platform().simulator();
        return simulator.predictions().stream()
                .filter(id -> simulator.prompt(id).equals(prompt))
                .count();
    }

    private static void checkPng(String base64) {
        try {
            var image =
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
            assertThat(image).isNotNull();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aGenerationOfAMinuteIsThreeRequestsAndOneImage() {
        var answer = slow.join();

        assertThat(answer.getList("sent.status")).isEqualTo(List.of(503, 503, 200));
        assertThat(answer.getList("sent.retry")).isEqualTo(List.of("0", "1", "2"));
        assertThat(answer.getList("result")).hasSize(1);
        given().get(answer.getString("result[0].url")).then().statusCode(200);
        assertThat(predictions("[60 s] a cat")).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aRequestGivesAnImage(String client) {
        var prompt = "one image for " + client;

        var answer = images(client, prompt, "");

        assertThat(answer.getList("sent.status")).isEqualTo(List.of(200));
        assertThat(answer.getList("result")).hasSize(1);
        assertThat(predictions(prompt)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aRequestGivesFourImages(String client) {
        var answer = images(client, "four images for " + client, ", \"n\": 4, \"size\": \"1024x1024\"");

        assertThat(answer.getList("result")).as(answer.prettify()).hasSize(4);
        assertThat(answer.getList("sent.status")).containsOnly(200);
    }

    @Test
    void fourImagesOfAModelThatMakesOneAreOneRequestAndFourPredictions() {
        var prompt = "four of a model that makes one";

        var answer = run("openai", gateway.key().value(), """
                {"model": "google/nano-banana-2/text-to-image", "prompt": "%s", "n": 4}""".formatted(prompt));

        assertThat(answer.getList("sent.status")).as(answer.prettify()).isEqualTo(List.of(200));
        assertThat(answer.<String>getList("result.url")).hasSize(4).doesNotHaveDuplicates();
        assertThat(predictions(prompt)).isEqualTo(4);
    }

    @Test
    void theClientsTakeAddressesAndImages() {
        var url = images("openai", "an address", ", \"response_format\": \"url\"");
        var base64 = images("openai", "an image", ", \"response_format\": \"b64_json\"");
        var inline = images("@ai-sdk/openai", "an image", "");
        var fetched = images("@ai-sdk/openai-compatible", "an address", "");

        given().get(url.getString("result[0].url")).then().statusCode(200);
        assertThat(url.getString("result[0].base64")).isNull();
        assertThat(Stream.of(base64, inline, fetched).map(answer -> answer.getString("result[0].base64")))
                .allSatisfy(OpenAiClientsIT::checkPng);
        assertThat(inline.getString("result[0].mediaType")).isEqualTo("image/png");
    }

    static List<String> sizes() {
        return new JsonSchemaCatalogue()
                .find(new ModelId(MODEL))
                .map(Model::sizes)
                .orElseThrow();
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void everySizeOfTheModelIsMade(String size) throws IOException {
        var sides = size.split("x", -1);

        var answer = images(
                "openai",
                "an image of " + size,
                ", \"size\": \"%s\", \"response_format\": \"b64_json\"".formatted(size));

        var image = ImageIO.read(
                new ByteArrayInputStream(Base64.getDecoder().decode(answer.getString("result[0].base64"))));
        assertThat(image.getWidth() * Integer.parseInt(sides[1]))
                .isEqualTo(image.getHeight() * Integer.parseInt(sides[0]));
    }

    @Test
    void aNameOfOpenAiMayBeAnAlias() {
        var answer = run("@ai-sdk/openai", gateway.key().value(), """
                {"model": "gpt-image-1", "prompt": "an alias", "size": "1536x1024", "quality": "high"}""");

        assertThat(answer.getList("sent.status")).as(answer.prettify()).isEqualTo(List.of(200));
        checkPng(answer.getString("result[0].base64"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [fail]      | 422 | generation_failed        | image_generation_error | UnprocessableEntityError
            [moderated] | 400 | content_policy_violation | invalid_request_error  | BadRequestError
            """)
    void aFailureIsAnErrorOfTheClientAndNotRepeated(String mark, int status, String code, String type, String error) {
        for (var client : CLIENTS) {
            var prompt = mark + " for " + client;

            var answer = images(client, prompt, "");

            checkError(answer, client, status, code, error);
            assertThat(answer.getString("error.type")).isEqualTo(type);
            assertThat(predictions(prompt)).as(client).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "model": "acme/unknown", "prompt": "a cat"                    | 404 | model_not_found | model | NotFoundError
            "model": "wavespeed-ai/imagen4", "prompt": "a", "size": "1x1" | 400 | invalid_value   | size  | BadRequestError
            "model": "wavespeed-ai/imagen4", "prompt": " "                | 400 | invalid_value   | prompt | BadRequestError
            """)
    void aWrongRequestIsAnErrorThatNamesTheMistake(
            String members, int status, String code, String param, String error) {
        for (var client : CLIENTS) {
            int before = gateway.platform().simulator().posts();

            var answer = run(client, gateway.key().value(), "{%s}".formatted(members));

            checkError(answer, client, status, code, error);
            assertThat(answer.getString("error.param")).isEqualTo(param);
            assertThat(gateway.platform().simulator().posts()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"drk_0000000000000000000000000000000000000000", "sk-not-one-of-ours"})
    void aWrongKeyIsAnErrorOfTheClient(String key) {
        for (var client : CLIENTS) {
            var answer = run(client, key, "{\"model\": \"%s\", \"prompt\": \"a cat\"}".formatted(MODEL));

            checkError(answer, client, 401, "invalid_api_key", "AuthenticationError");
        }
    }

    @ParameterizedTest
    @MethodSource("clients")
    void aBudgetThatIsUsedUpIsAnErrorThatNoClientRepeats(String client) {
        var tooSmall =
                new KeyBudget(Optional.of(new Money(39_999)), BudgetPeriod.MONTH, Optional.empty(), Optional.empty());
        var key = gateway.platform().createKey(RunningPlatform.OWNER, tooSmall);
        int before = gateway.platform().simulator().posts();

        var answer = run(client, key.value(), "{\"model\": \"%s\", \"prompt\": \"a cat\"}".formatted(MODEL));

        checkError(answer, client, 402, "insufficient_quota", "APIError");
        assertThat(answer.getString("error.type")).isEqualTo("insufficient_quota");
        assertThat(gateway.platform().simulator().posts()).isEqualTo(before);
    }

    /** {@code error} is the class of npm {@code openai}. */
    private static void checkError(JsonPath answer, String client, int status, String code, String error) {
        assertThat(answer.getList("sent.status")).as(client + answer.prettify()).isEqualTo(List.of(status));
        assertThat(answer.getInt("error.status")).isEqualTo(status);
        assertThat(answer.getString("error.code")).isEqualTo(code);
        assertThat(answer.getString("error.message")).isNotBlank();
        assertThat(answer.getString("error.class")).isEqualTo(client.equals("openai") ? error : "APICallError");
    }

    @Test
    void theClientListsTheModelsAndReadsOne() throws IOException {
        var models = run("models", gateway.key().value(), "{\"model\": \"%s\"}".formatted(MODEL));

        assertThat(models.<String>getList("result.listed"))
                .containsAll(ShippedModels.ids())
                .contains("gpt-image-1");
        assertThat(models.getString("result.retrieved.id")).isEqualTo(MODEL);
        assertThat(models.getString("result.retrieved.owned_by")).isEqualTo("wavespeed-ai");
    }

    @Test
    void aTaskIsReadUntilItHasItsImages() {
        var accepted = gateway.request()
                .header("Content-Type", "application/json")
                .body("{\"prompt\": \"a task\", \"n\": 2}")
                .post(gateway.url("/v1/images/generations/async"));
        var id = accepted.<String>path("id");
        gateway.completed(id);

        var task = gateway.request().get(accepted.header("Location"));

        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(task.<String>path("status")).isEqualTo("completed");
        assertThat(task.<List<String>>path("result.data.url"))
                .hasSize(2)
                .allSatisfy(url -> given().get(url).then().statusCode(200));
    }

    @Test
    void theExampleOfTheReadmeMakesImages() throws IOException, InterruptedException {
        var file = ReadmeExample.of("node image.mjs", gateway).writeTo(packages.folder());

        var ended = EndedProgram.of(new ProcessBuilder(
                        "env",
                        "KEY=" + gateway.key().value(),
                        "node",
                        file.getFileName().toString())
                .directory(packages.folder().toFile()));

        assertThat(ended.exitCode()).as(ended.toString()).isZero();
        assertThat(ended.output()).containsPattern("https?://\\S+/0\\.png").containsPattern("https?://\\S+/1\\.png");
    }
}
