package dev.darkroom.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeImageSource;
import dev.darkroom.core.archive.ImageSource.Fetched;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.image.ImageBytes;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.TestCallers;
import dev.darkroom.http.openai.OpenAiRequests.Answer;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GenerationEndpointTest {

    private static final String ONE = "{\"prompt\": \"a cat\"}";
    private static final String INLINE = "{\"prompt\": \"a cat\", \"response_format\": \"b64_json\"}";
    private static final String PROVIDERS_ADDRESS = "https://images.example/prediction-1.png";

    private final FuzzedGateway gateway = new FuzzedGateway(
            new CoreFixture().keepingImages(), new CallbackUrl(Optional.of(URI.create("https://gateway.example"))));
    private final CoreFixture core = gateway.core;

    private Answer submitted(ObjectNode event) {
        return OpenAiRequests.submitted(gateway, event);
    }

    private Answer submitted(String body) {
        return submitted(OpenAiRequests.generation(body));
    }

    /** Sweeps run while the request waits. */
    private void withSweeps() {
        gateway.waits.duringPause(() -> {
            try {
                core.sweepQueueFor(Duration.ofSeconds(1));
                core.sweepFor(Duration.ofSeconds(1));
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }

    private Generation row() {
        return core.store.all().stream()
                .filter(row -> !row.isCopy())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theAnswerHasTheLinkOfTheImage() {
        withSweeps();

        var answer = submitted(ONE);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().fieldNames()).toIterable().containsExactly("created", "data", "id", "model");
        assertThat(answer.body().path("created").asLong())
                .isEqualTo(row().createdAt().getEpochSecond());
        assertThat(answer.body().path("model").asText()).isEqualTo(CoreFixture.MODEL);
        assertThat(answer.body().path("id").asText()).isEqualTo(row().id().value());
        assertThat(answer.body().path("data")).singleElement().satisfies(image -> {
            assertThat(image.path("url").asText())
                    .startsWith("https://gateway.example/images/")
                    .endsWith("/0.png");
            assertThat(image.has("b64_json")).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?dry_run=true"})
    void aMemberWithAnEmptyNameIsRefusedAsAnyOther(String query) {
        var event = OpenAiRequests.generation("{\"prompt\": \"a cat\", \"\": 1}");
        if (!query.isEmpty()) {
            event.put("rawQueryString", "dry_run=true");
            event.putObject("queryStringParameters").put("dry_run", "true");
        }

        var answer = submitted(event);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().path("code").asText()).isEqualTo("invalid_value");
        assertThat(answer.error().path("param").textValue()).isEmpty();
        gateway.checkNothingHappened();
    }

    @Test
    void aFailureThatARepeatedRequestGetsSaysSoAndWhatItCosts() {
        core.provider.willAnswerPoll(new PollOutcome.Failed(new Failure("content_moderated", "not this prompt")));
        withSweeps();
        var first = submitted(OpenAiRequests.with("idempotency-key", "order-1", OpenAiRequests.generation(ONE)));

        var again = submitted(OpenAiRequests.with("idempotency-key", "order-1", OpenAiRequests.generation(ONE)));

        assertThat(first.status()).isEqualTo(400);
        assertThat(first.headers()).containsKey("x-darkroom-cost").doesNotContainKey("idempotent-replayed");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.headers()).containsKey("x-darkroom-cost").containsEntry("idempotent-replayed", "true");
    }

    @Test
    void theAnswerSaysThatASizeIsOnlyAShape() {
        withSweeps();

        var answer = submitted("{\"prompt\": \"a cat\", \"size\": \"1024x576\"}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/warnings/0/field").asText()).isEqualTo("size");
        assertThat(answer.body().at("/warnings/0/message").asText()).endsWith("it draws aspect_ratio 16:9");
    }

    @Test
    void theAnswerHasTheImageItselfWhereThatIsAskedFor() {
        withSweeps();

        var answer = submitted(INLINE);

        var expected = Base64.getEncoder()
                .encodeToString(FakeImageSource.imageAt(PROVIDERS_ADDRESS).array());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/data/0/b64_json").asText()).isEqualTo(expected);
        assertThat(answer.body().at("/data/0").has("url")).isFalse();
    }

    @Test
    void moreImagesThanACallMakesAreSeveralCallsAndOneAnswer() {
        withSweeps();

        var answer = submitted("{\"prompt\": \"a cat\", \"model\": \"google/nano-banana-2/text-to-image\", \"n\": 3}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("data")).hasSize(3);
        assertThat(answer.body().path("data").findValuesAsText("url")).doesNotHaveDuplicates();
        assertThat(core.provider.submissions()).hasSize(3);
    }

    @Test
    void theParametersOfTheRequestReachTheModel() {
        withSweeps();

        submitted("{\"prompt\": \"a cat\", \"n\": 2, \"size\": \"1024x576\", \"seed\": 7, \"user\": \"u-1\"}");

        assertThat(core.provider.submissions())
                .containsExactly(CoreFixture.MODEL
                        + " {\"prompt\":\"a cat\",\"aspect_ratio\":\"16:9\",\"num_images\":2,\"seed\":7}");
        assertThat(row().request().metadata().pairs()).containsEntry("user", "u-1");
    }

    @Test
    void aWaitThatEndsBeforeTheImagesAsksTheClientToSendTheRequestAgain() {
        var start = core.clock.instant();

        var answer = submitted(ONE);

        assertThat(Duration.between(start, core.clock.instant())).isEqualTo(Duration.ofSeconds(25));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("x-should-retry", "true").containsEntry("retry-after-ms", "1");
        assertThat(answer.error().path("type").asText()).isEqualTo("server_error");
        assertThat(answer.error().path("code").asText()).isEqualTo("still_running");
        assertThat(answer.error().path("param").isNull()).isTrue();
        assertThat(answer.error().path("message").asText())
                .contains(row().id().value(), "/v1/images/tasks/" + row().id());
        assertThat(answer.body().path("id").asText()).isEqualTo(row().id().value());
    }

    @Test
    void theSameRequestAgainGetsTheImagesThatWerePaidFor() {
        var first = submitted(ONE);
        withSweeps();

        var second = submitted(ONE);

        assertThat(first.status()).isEqualTo(503);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().path("id").asText())
                .isEqualTo(first.body().path("id").asText());
        assertThat(second.headers()).containsEntry("idempotent-replayed", "true");
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void aFurtherRequestAfterAnAnswerIsANewGeneration() {
        withSweeps();

        var first = submitted(ONE);
        var second = submitted(ONE);

        assertThat(second.body().path("id").asText())
                .isNotEqualTo(first.body().path("id").asText());
        assertThat(core.provider.submissions()).hasSize(2);
    }

    @Test
    void aMarkedRetryAfterAnAnswerGetsTheSameImages() {
        withSweeps();

        var first = submitted(ONE);
        var second = submitted(OpenAiRequests.with("x-stainless-retry-count", "1", OpenAiRequests.generation(ONE)));

        assertThat(second.body().path("id").asText())
                .isEqualTo(first.body().path("id").asText());
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void aClientMayWaitForLess() {
        var start = core.clock.instant();

        var answer = submitted(OpenAiRequests.with("prefer", "wait=2", OpenAiRequests.generation(ONE)));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("preference-applied", "wait=2");
        assertThat(Duration.between(start, core.clock.instant())).isEqualTo(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            content_moderated    | 400 | invalid_request_error  | content_policy_violation
            insufficient_credits | 402 | insufficient_quota     | insufficient_quota
            generation_failed    | 422 | image_generation_error | generation_failed
            provider_rejected    | 422 | image_generation_error | generation_failed
            """)
    void aFailureIsAnErrorThatNoClientRepeats(String failure, int status, String type, String code) {
        core.provider.willAnswerPoll(new PollOutcome.Failed(new Failure(failure, "the provider said no")));
        withSweeps();

        var answer = submitted(ONE);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("x-should-retry", "false");
        assertThat(answer.error().path("type").asText()).isEqualTo(type);
        assertThat(answer.error().path("code").asText()).isEqualTo(code);
        assertThat(answer.error().path("message").asText()).contains("the provider said no");
        assertThat(answer.body().path("id").asText()).isEqualTo(row().id().value());
        assertThat(answer.headers()).containsEntry("x-darkroom-cost", "0.04; currency=USD; state=unconfirmed");
    }

    @Test
    void anAnswerAboutAGenerationThatStillRunsSaysWhatItHolds() {
        var answer = submitted(ONE);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("x-darkroom-cost", "0.04; currency=USD; state=held");
    }

    @Test
    void imagesThatAreTooLargeForOneAnswerStayReadable() {
        core.images.answer(PROVIDERS_ADDRESS, new Fetched.Content(large()));
        withSweeps();

        var answer = submitted(INLINE);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.headers()).containsEntry("x-should-retry", "false");
        assertThat(answer.error().path("param").asText()).isEqualTo("response_format");
        assertThat(answer.error().path("code").asText()).isEqualTo("answer_too_large");
        assertThat(answer.error().path("message").asText()).contains("must be url", "/v1/images/tasks/" + row().id());
    }

    /** An image with bytes after its end, which viewers skip. */
    private static ImageBytes large() {
        var image = FakeImageSource.imageAt(PROVIDERS_ADDRESS).array();
        var larger = new byte[5_000_000];
        System.arraycopy(image, 0, larger, 0, image.length);
        return new ImageBytes(larger);
    }

    @Test
    void imagesThatCannotBeReadNowAreReadByTheNextRequest() {
        core.images.answer(PROVIDERS_ADDRESS, new Fetched.Failed("down"));
        withSweeps();

        var first = submitted(INLINE);
        core.images.heal(PROVIDERS_ADDRESS);
        var second = submitted(INLINE);

        assertThat(first.status()).isEqualTo(503);
        assertThat(first.error().path("code").asText()).isEqualTo("images_unavailable");
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.body().path("id").asText())
                .isEqualTo(first.body().path("id").asText());
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                           | 400 | prompt          | invalid_value
            {"prompt": "a cat", "size": "1000x333"}      | 400 | size            | invalid_value
            {"prompt": "a cat", "size": "large"}         | 400 | size            | invalid_value
            {"prompt": "a cat", "stream": true}          | 400 | stream          | invalid_value
            {"prompt": "a cat", "n": 11}                 | 400 | n               | invalid_value
            {"prompt": "a cat", "negative_promt": "dog"} | 400 | negative_promt  | invalid_value
            {"prompt": "a cat", "quality": "high"}       | 400 | quality         | invalid_value
            {"prompt": "a cat", "model": "acme/none"}    | 404 | model           | model_not_found
            {"prompt": "a cat", "model": "gpt-image-1"}  | 404 | model           | model_not_found
            []                                           | 400 |                 | invalid_value
            {                                            | 400 |                 | invalid_value
            """)
    void aWrongRequestIsRefusedBeforeAnythingIsStored(String body, int status, String param, String code) {
        var answer = submitted(body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("x-should-retry", "false");
        assertThat(answer.error().path("type").asText()).isEqualTo("invalid_request_error");
        assertThat(answer.error().path("code").asText()).isEqualTo(code);
        assertThat(answer.error().path("param").textValue()).isEqualTo(param);
        gateway.checkNothingHappened();
        assertThat(core.calls.all()).isEmpty();
    }

    @Test
    void aKeyMakesARequestAndItsRepetitionOneGeneration() {
        withSweeps();
        var first = submitted(OpenAiRequests.with("idempotency-key", "order-1", OpenAiRequests.generation(ONE)));

        var second = submitted(OpenAiRequests.with("idempotency-key", "order-1", OpenAiRequests.generation(ONE)));
        var other = submitted(OpenAiRequests.with(
                "idempotency-key", "order-1", OpenAiRequests.generation("{\"prompt\": \"a dog\"}")));

        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.headers()).containsEntry("idempotent-replayed", "true");
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.error().path("code").asText()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void aWrongKeyIsRefusedInOpenAisForm() {
        var answer = submitted(TestCallers.as("unknown", OpenAiRequests.generation(ONE)));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.error().path("code").asText()).isEqualTo("invalid_api_key");
        assertThat(answer.error().path("param").isNull()).isTrue();
        gateway.checkNothingHappened();
    }

    @Test
    void aTableThatDoesNotAnswerIsAnErrorThatMayBeRepeated() {
        core.store.setUnavailable(true);

        var answer = submitted(ONE);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.error().path("type").asText()).isEqualTo("server_error");
        assertThat(answer.error().path("code").asText()).isEqualTo("store_unavailable");
        assertThat(answer.headers()).doesNotContainEntry("x-should-retry", "false");
        assertThat(core.provider.submissions()).isEmpty();
    }

    @Test
    void anImageThatFailedAmongOthersIsNamedInAWarning() {
        core.provider.willAnswerPoll(new PollOutcome.Failed(new Failure("generation_failed", "one is broken")));
        withSweeps();

        var answer = submitted("{\"prompt\": \"a cat\", \"model\": \"google/nano-banana-2/text-to-image\", \"n\": 2}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("data")).hasSize(1);
        assertThat(warnings(answer.body())).anySatisfy(text -> assertThat(text).contains("1 of 2", "one is broken"));
    }

    private static List<String> warnings(JsonNode body) {
        return body.path("warnings").findValuesAsText("message");
    }
}
