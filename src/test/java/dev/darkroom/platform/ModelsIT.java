package dev.darkroom.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.local.Platform;
import dev.darkroom.local.PlatformOptions;
import dev.darkroom.local.provider.Fault;
import dev.darkroom.local.table.DynamoDbLocal;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The models of the deployed artifact, and what becomes of requests when a deployment changes the models. */
class ModelsIT {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String IMAGEN = "wavespeed-ai/imagen4";
    private static final String NANO_BANANA = "google/nano-banana-2/text-to-image";

    /** Parameters that the price depends on. */
    private static final Map<String, String> PARAMETERS = Map.of(
            IMAGEN,
            ", \"num_images\": 4",
            "wavespeed-ai/flux-schnell",
            ", \"num_images\": 2",
            "bytedance/seedream-v5.0-pro",
            ", \"resolution\": \"2k\"",
            "openai/gpt-image-1/text-to-image",
            ", \"size\": \"1536*1024\", \"quality\": \"high\"");

    /** What another deployment does to the model of a row. */
    enum Change {
        REDIRECTED,
        REMOVED
    }

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        gateway = RunningPlatform.start(options());
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
    }

    /** The options of the first deployment. */
    private static PlatformOptions options() {
        return RunningPlatform.options().withTick(Duration.ofSeconds(1));
    }

    @AfterEach
    void deployAsBefore() {
        gateway.platform().simulator().misbehave(Map.of());
        gateway.platform().reconfigure(options()).join();
    }

    /** The provider refuses an input of which it would drop or replace anything, and works out its own prices. */
    @Test
    void everyShippedModelCompletesForThePriceThatWasQuoted() throws IOException {
        var credit = credit();
        var quotes = BigDecimal.ZERO;
        var submitted = new LinkedHashMap<String, JsonPath>();
        for (var model : ShippedModels.ids()) {
            quotes = quotes.add(quote(model));
            submitted.put(
                    model,
                    post(model, input(model))
                            .then()
                            .log()
                            .ifValidationFails()
                            .statusCode(200)
                            .extract()
                            .jsonPath());
        }

        for (var answer : submitted.entrySet()) {
            var model = answer.getKey();
            var ended = gateway.completed(answer.getValue().getString("data.id"));
            assertThat(ended.getString("data.status")).as(model).isEqualTo("completed");
            assertThat(ended.<String>getList("data.outputs"))
                    .as(model)
                    .hasSize(input(model).path("num_images").asInt(1))
                    .allSatisfy(url -> given().get(url).then().statusCode(200));
        }
        assertThat(credit.subtract(credit())).isPositive().isEqualByComparingTo(quotes);
    }

    @Test
    void fourImagesOfARedirectedModelAreFourImagesAndTheSeedIsAWarning() {
        int before = gateway.platform().simulator().billedImages();
        redirectImagen();

        var answer = gateway.post("{\"prompt\": \"four cats\", \"num_images\": 4, \"seed\": 7}")
                .then()
                .statusCode(200)
                .body("data.model", equalTo(NANO_BANANA))
                .body(
                        "data.warnings.find { it.field == 'seed' }.message",
                        equalTo("was not used: google/nano-banana-2/text-to-image takes no seed"))
                .extract()
                .jsonPath();
        var ended = gateway.completed(answer.getString("data.id"));

        assertThat(ended.<String>getList("data.outputs"))
                .hasSize(4)
                .doesNotHaveDuplicates()
                .allSatisfy(url -> given().get(url).then().statusCode(200));
        assertThat(gateway.platform().simulator().billedImages()).isEqualTo(before + 4);
        assertThat(gateway.platform().simulator().inputs())
                .containsEntry("{\"prompt\":\"four cats\",\"aspect_ratio\":\"1:1\"}", 4L);
    }

    @ParameterizedTest
    @EnumSource
    void aPaidCallWithoutAnAnswerIsFoundAlthoughItsModelIsChanged(Change change) {
        int posts = gateway.platform().simulator().posts();
        // Nothing is found before the change.
        gateway.platform().simulator().misbehave(Map.of(Fault.HISTORY_503, 1.0));
        var id = gateway.submitted("[accept-then-504] a cat whose model is " + change);
        switch (change) {
            case REDIRECTED -> redirectImagen();
            case REMOVED -> removeModelOf(id);
        }
        assertThat(gateway.result(id).getBoolean("data.submission.confirmed")).isFalse();

        gateway.platform().simulator().misbehave(Map.of());
        var ended = gateway.completed(id);

        assertThat(ended.getString("data.status")).isEqualTo("completed");
        assertThat(gateway.sources(id).getFirst()).contains(gateway.prediction(id));
        assertThat(gateway.platform().simulator().posts()).isEqualTo(posts + 1);
    }

    /** Deploys the alias, and waits until no process works without it. */
    private static void redirectImagen() {
        gateway.platform()
                .reconfigure(options().withParameters(Map.of("modelAliases", IMAGEN + "=" + NANO_BANANA)))
                .join();
    }

    /** An artifact without the model would have to be deployed, so the row gets a model that this artifact has not. */
    private static void removeModelOf(String id) {
        try (var client = DynamoDbLocal.client(gateway.platform().tableAddress())) {
            client.updateItem(update -> update.tableName(Platform.TABLE)
                    .key(Map.of("id", AttributeValue.fromS(id)))
                    .updateExpression("SET model = :removed")
                    .expressionAttributeValues(Map.of(":removed", AttributeValue.fromS("acme/removed"))));
        }
    }

    private static JsonNode input(String model) throws IOException {
        return JSON.readTree("{\"prompt\": \"a cat by %s\"%s}".formatted(model, PARAMETERS.getOrDefault(model, "")));
    }

    private static Response post(String model, JsonNode input) {
        return gateway.request()
                .contentType(ContentType.JSON)
                .body(input.toString())
                .post(gateway.url("/api/v3/" + model));
    }

    /** What the gateway says that the model's input costs, in US dollars; 0 where no price is established. */
    private static BigDecimal quote(String model) throws IOException {
        var answer = gateway.request()
                .contentType(ContentType.JSON)
                .body("{\"model_id\": \"%s\", \"inputs\": %s}".formatted(model, input(model)))
                .post(gateway.url("/api/v3/model/price"));
        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(200);
        return new BigDecimal(JSON.readTree(answer.asString())
                .required("data")
                .required("price")
                .asText("0"));
    }

    /** What is left of the account at the provider, in US dollars. The simulator charges nothing without a price. */
    private static BigDecimal credit() throws IOException {
        var answer = given().header("Authorization", "Bearer any")
                .get(gateway.platform().simulator().address() + "/api/v3/balance");
        return new BigDecimal(
                JSON.readTree(answer.asString()).at("/data/balance").asText());
    }
}
