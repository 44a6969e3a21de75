package dev.darkroom.http.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.GatewayTestResource;
import dev.darkroom.core.FakeImageProvider;
import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.Status;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.submission.SubmitGeneration.Command;
import dev.darkroom.core.submission.SubmitGeneration.Submission;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.MetricLines;
import dev.darkroom.http.Requests;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(GatewayTestResource.class)
class ReceiveWebhookHandlerTest {

    @RegisterExtension
    final MetricLines metrics = new MetricLines();

    @Inject
    @Any
    ReceiveWebhookHandler handler;

    @Inject
    SubmitGeneration submitGeneration;

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
    void itFinishesTheGenerationWithoutAPoll() {
        var row = submitted();

        assertThat(send(row.id(), "completed").path("statusCode").intValue()).isEqualTo(204);

        assertThat(status(row)).isEqualTo(Status.COMPLETED);
        assertThat(provider.polls()).isEmpty();
    }

    @Test
    void aBodyInBase64IsTheSame() {
        var row = submitted();
        var event = event(row.id(), body("completed"));
        event.put("isBase64Encoded", true)
                .put(
                        "body",
                        Base64.getEncoder().encodeToString(body("completed").getBytes(StandardCharsets.UTF_8)));

        assertThat(answer(event).path("statusCode").intValue()).isEqualTo(204);
    }

    /** The text was cut in the middle of an emoji, as JavaScript does, and the table accepts only valid Unicode. */
    @Test
    void halfACharacterOfTheProvidersIsStoredAsAQuestionMark() {
        var row = submitted();

        answer(event(row.id(), "{\"id\": \"prediction-1\", \"status\": \"failed\", \"error\": \"too dark \\ud83d\"}"));

        assertThat(store.find(row.id()).orElseThrow().state())
                .isInstanceOfSatisfying(
                        State.Failed.class,
                        failed -> assertThat(failed.failure().text()).endsWith("too dark ?"));
    }

    @Test
    void aNumberBeyondAllRangesIsJustAnotherInput() {
        provider.willAnswerSubmit(new SubmitOutcome.Unknown("timeout"));
        var row = submitted();

        var answer = answer(event(row.id(), body("completed").replace("\"num_images\": 1", "\"num_images\": 1e999")));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(409);
    }

    @Test
    void aForgedOneIsRefusedAndChangesNothing() {
        var row = submitted();
        var event = event(row.id(), body("completed"));
        event.put("body", body("failed"));

        var answer = answer(event);

        assertThat(metrics.names()).containsExactly("WebhooksRefused");

        assertThat(answer.path("statusCode").intValue()).isEqualTo(401);
        assertThat(answer.path("body").textValue()).contains("webhook-signature", "webhook_refused");
        assertThat(status(row)).isEqualTo(Status.PROCESSING);
    }

    @Test
    void aWebhookThatIsTooLargeIsRefused() {
        var event = event(submitted().id(), "{\"id\": \"%s\"}".formatted("x".repeat(300 * 1024)));

        assertThat(answer(event).path("statusCode").intValue()).isEqualTo(413);
    }

    @Test
    void aWebhookForAnUnknownGenerationGetsA404() {
        submitted();

        assertThat(send(new GenerationId("f".repeat(32)), "completed")
                        .path("statusCode")
                        .intValue())
                .isEqualTo(404);
    }

    @Test
    void aWebhookForAnotherGenerationIsRefused() {
        submitted();
        var other = submitted();

        assertThat(send(other.id(), "completed").path("statusCode").intValue()).isEqualTo(409);
        assertThat(status(other)).isEqualTo(Status.PROCESSING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"another", "WaveSpeed", ""})
    void aProviderThatIsNotWiredGetsA404(String name) {
        var event = event(submitted().id(), body("completed"));
        event.withObject("/pathParameters").put("provider", name);

        assertThat(answer(event).path("statusCode").intValue()).isEqualTo(404);
    }

    @Test
    void aSignedBodyThatCannotBeReadGetsA400() {
        var answer = answer(event(submitted().id(), "not JSON"));

        assertThat(answer.path("statusCode").intValue()).isEqualTo(400);
        assertThat(answer.path("body").textValue()).contains("invalid_input");
    }

    @Test
    void anInvalidIdInTheAddressGetsA400() {
        var event = event(submitted().id(), body("completed"));
        event.withObject("/pathParameters").put("id", "keys");

        assertThat(answer(event).path("statusCode").intValue()).isEqualTo(400);
    }

    @Test
    void aTableThatDoesNotAnswerLetsTheProviderTryAgain() {
        var row = submitted();
        store.setUnavailable(true);

        assertThat(send(row.id(), "completed").path("statusCode").intValue()).isEqualTo(503);
    }

    private JsonNode send(GenerationId id, String status) {
        return answer(event(id, body(status)));
    }

    private JsonNode answer(JsonNode event) {
        return handler.handleRequest(event, new FakeContext(10_000));
    }

    private static String body(String status) {
        return """
                {"id": "prediction-1", "status": "%s", "outputs": ["https://a/1.png"],
                 "input": {"prompt": "a cat", "aspect_ratio": "1:1", "num_images": 1}}""".formatted(status);
    }

    private static ObjectNode event(GenerationId id, String body) {
        var timestamp = Long.toString(Instant.now().getEpochSecond());
        var event = Requests.webhook("wavespeed", id.value());
        event.put("body", body);
        event.withObject("/headers")
                .put("webhook-id", "wh")
                .put("webhook-timestamp", timestamp)
                .put("webhook-signature", "v3," + hmac("wh." + timestamp + "." + body));
        return event;
    }

    private static String hmac(String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    GatewayTestResource.WEBHOOK_SECRET.substring(6).getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private Generation submitted() {
        var command = new Command(
                new Owner("acme"),
                "wavespeed-ai/imagen4",
                "{\"prompt\": \"a cat\"}",
                Optional.empty(),
                Optional.empty());
        if (submitGeneration.submit(command) instanceof Submission.Stored(var generation, var _, var _, var _)) {
            return generation;
        }
        throw new AssertionError("not accepted");
    }

    private Status status(Generation row) {
        return store.find(row.id()).orElseThrow().state().status();
    }
}
