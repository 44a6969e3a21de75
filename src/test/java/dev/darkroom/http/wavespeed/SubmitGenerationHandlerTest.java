package dev.darkroom.http.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.GatewayTestResource;
import dev.darkroom.core.FakeImageProvider;
import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.TestCallers;
import io.quarkus.amazon.lambda.runtime.AmazonLambdaMapperRecorder;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(GatewayTestResource.class)
class SubmitGenerationHandlerTest {

    @Inject
    InMemoryGenerationStore store;

    @Inject
    FakeImageProvider provider;

    @BeforeEach
    void forgetEarlierTests() {
        store.clear();
        provider.reset();
    }

    @Test
    void theAnswerIsTheProvidersEnvelopeWithEveryField() {
        var data = JsonPath.from(body(submit("{\"prompt\": \"a cat\"}")));

        assertThat(data.getInt("code")).isEqualTo(200);
        assertThat(data.getString("message")).isEqualTo("success");
        assertThat(data.getMap("data"))
                .containsOnlyKeys(
                        "id",
                        "model",
                        "outputs",
                        "urls",
                        "has_nsfw_contents",
                        "status",
                        "created_at",
                        "error",
                        "timings",
                        "cost");
        assertThat(data.getMap("data.cost"))
                .containsEntry("currency", "USD")
                .containsEntry("amount", 0.04f)
                .containsEntry("state", "held");
        assertThat(data.getString("data.id")).matches("[0-9a-f]{32}");
        assertThat(data.getString("data.model")).isEqualTo("wavespeed-ai/imagen4");
        assertThat(data.getList("data.outputs")).isEmpty();
        assertThat(data.getList("data.has_nsfw_contents")).isEmpty();
        assertThat(data.getString("data.status")).isEqualTo("processing");
        assertThat(data.getString("data.created_at")).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(data.getString("data.error")).isEmpty();
        assertThat(data.getInt("data.timings.inference")).isZero();
        assertThat(data.getString("data.urls.get"))
                .isEqualTo("https://api.example/api/v3/predictions/" + data.getString("data.id") + "/result");
    }

    @Test
    void theResultsAddressKeepsTheStageInFrontOfThePath() {
        var event = submit("{\"prompt\": \"a cat\"}");
        event.put("rawPath", "/prod/api/v3/wavespeed-ai/imagen4");

        assertThat(JsonPath.from(body(event)).getString("data.urls.get"))
                .startsWith("https://api.example/prod/api/v3/predictions/");
    }

    @Test
    void namesInEventsAreNotKept() {
        assertThat(AmazonLambdaMapperRecorder.objectMapper
                        .getFactory()
                        .isEnabled(JsonFactory.Feature.INTERN_FIELD_NAMES))
                .isFalse();
        assertThat(AmazonLambdaMapperRecorder.objectMapper
                        .getFactory()
                        .isEnabled(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES))
                .isFalse();
    }

    @Test
    void aBodyInBase64IsTheSameRequest() {
        var event = submit(base64("{\"prompt\": \"猫\"}".getBytes(StandardCharsets.UTF_8)));
        event.put("isBase64Encoded", true);

        LambdaEvents.send(event).body("statusCode", equalTo(200));

        assertThat(provider.submissions()).singleElement().asString().contains("猫");
    }

    @Test
    void aBodyThatIsNotUtf8IsRefused() {
        var event = submit(base64(new byte[] {'{', (byte) 0xff, '}'}));
        event.put("isBase64Encoded", true);

        refused(event, 400, "invalid_input", "body");
    }

    @Test
    void aBodyThatIsNotBase64IsRefused() {
        refused(submit("***").put("isBase64Encoded", true), 400, "invalid_input", "body");
    }

    @Test
    void aMissingBodyIsRefused() {
        var event = submit("");
        event.remove("body");

        refused(event, 400, "invalid_input", "body");
    }

    @Test
    void aBodyOver256KilobytesIsRefused() {
        refused(submit("{\"prompt\": \"%s\"}".formatted("x".repeat(256 * 1024))), 413, "body_too_large", "body");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\ud83d", "a😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"})
    void anAnswerHasNoHalvesOfCharacters(String name) {
        var event = submit("{\"prompt\": \"a cat\", \"%s\": 1}".formatted(name));

        var body = LambdaEvents.send(event)
                .body("statusCode", equalTo(400))
                .extract()
                .<String>path("body");

        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(body)).isTrue();
    }

    @Test
    void aLongDuplicateNameIsNotRepeatedInFull() {
        var member = "\"%s\": 1".formatted("x".repeat(40_000));
        var event = submit("{%s, %s}".formatted(member, member));

        var body = LambdaEvents.send(event)
                .body("statusCode", equalTo(400))
                .extract()
                .<String>path("body");

        assertThat(body).hasSizeLessThan(1000).contains("is duplicated");
    }

    @Test
    void anUnknownModelIsRefused() {
        var event = submit("{\"prompt\": \"a cat\"}");
        event.putObject("pathParameters").put("model", "wavespeed-ai/imagen5");

        refused(event, 404, "model_not_found", "model");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " x", "ä"})
    void anInvalidIdempotencyKeyIsRefused(String key) {
        var event = submit("{\"prompt\": \"a cat\"}");
        event.withObject("/headers").put("idempotency-key", key);

        refused(event, 400, "invalid_idempotency_key", "Idempotency-Key");
    }

    @Test
    void theSameKeyWithAnotherBodyIsRefused() {
        LambdaEvents.send(withKey("{\"prompt\": \"a cat\"}")).body("statusCode", equalTo(200));

        LambdaEvents.send(withKey("{\"prompt\": \"a dog\"}")).body("statusCode", equalTo(422));

        assertThat(provider.submissions()).hasSize(1);
    }

    @Test
    void anAnswerThatRepeatsAnEarlierOneSaysSo() {
        var first =
                LambdaEvents.send(withKey("{\"prompt\": \"a cat\"}")).extract().<Map<String, String>>path("headers");

        var second =
                LambdaEvents.send(withKey("{\"prompt\": \"a cat\"}")).extract().<Map<String, String>>path("headers");

        assertThat(first).doesNotContainKey("idempotent-replayed");
        assertThat(second).containsEntry("idempotent-replayed", "true");
    }

    @Test
    void ownersDoNotShareIdempotencyKeys() {
        var other = TestCallers.as(TestCallers.ANOTHER, withKey("{\"prompt\": \"a dog\"}"));
        LambdaEvents.send(withKey("{\"prompt\": \"a cat\"}")).body("statusCode", equalTo(200));

        LambdaEvents.send(other).body("statusCode", equalTo(200));

        assertThat(provider.submissions()).hasSize(2);
    }

    @Test
    void aRequestWithoutAnApiKeyIsRefused() {
        var event = TestCallers.withoutKey(submit("{\"prompt\": \"a cat\"}"));

        LambdaEvents.send(event).body("statusCode", equalTo(401)).body("headers.www-authenticate", equalTo("Bearer"));

        assertThat(store.all()).isEmpty();
        assertThat(provider.submissions()).isEmpty();
    }

    @Test
    void aRefusalOfTheProviderIsAFailedGeneration() {
        provider.willAnswerSubmit(new SubmitOutcome.Rejected(new Failure("insufficient_credits", "no credit")));

        var data = JsonPath.from(body(submit("{\"prompt\": \"a cat\"}")));

        assertThat(data.getString("data.status")).isEqualTo("failed");
        assertThat(data.getString("data.error")).isEqualTo("no credit");
        assertThat(data.getString("data.error_code")).isEqualTo("insufficient_credits");
    }

    @Test
    void aTableThatDoesNotAnswerIsA503AndNothingIsPaidFor() {
        store.setUnavailable(true);

        var response = LambdaEvents.send(submit("{\"prompt\": \"a cat\"}"));

        response.body("statusCode", equalTo(503)).body("headers.retry-after", equalTo("1"));
        assertThat(provider.submissions()).isEmpty();
    }

    @Test
    void anEventThatMakesNoSenseIsA500WithoutTheException() {
        var event = submit("{\"prompt\": \"a cat\"}");
        event.remove("requestContext");

        LambdaEvents.send(event)
                .body("statusCode", equalTo(500))
                .body(
                        "body",
                        equalTo(
                                "{\"code\":500,\"message\":\"The gateway failed; its log has the cause.\",\"data\":null,"
                                        + "\"error_code\":\"internal_error\",\"errors\":[]}"));
    }

    private void refused(ObjectNode event, int status, String code, String field) {
        var response =
                LambdaEvents.send(event).body("statusCode", equalTo(status)).extract();
        var body = JsonPath.from(response.<String>path("body"));
        assertThat(body.getInt("code")).isEqualTo(status);
        assertThat(body.getMap("")).containsEntry("data", null).containsEntry("error_code", code);
        assertThat(body.getList("errors.field")).containsExactly(field);
        assertThat(store.all()).isEmpty();
        assertThat(provider.submissions()).isEmpty();
    }

    private static String body(ObjectNode event) {
        return LambdaEvents.send(event)
                .body("statusCode", equalTo(200))
                .extract()
                .path("body");
    }

    private static ObjectNode submit(String body) {
        var event = LambdaEvents.http("POST /api/v3/{model+}", "/api/v3/wavespeed-ai/imagen4");
        event.putObject("pathParameters").put("model", "wavespeed-ai/imagen4");
        return event.put("body", body);
    }

    private static ObjectNode withKey(String body) {
        var event = submit(body);
        event.withObject("/headers").put("idempotency-key", "order-1");
        return event;
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
