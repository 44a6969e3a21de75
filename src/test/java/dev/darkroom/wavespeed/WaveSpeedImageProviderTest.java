package dev.darkroom.wavespeed;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.darkroom.GatewayTestResource;
import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.SubmitOutcome;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Output;
import dev.darkroom.domain.PredictionId;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The adapter against a server that answers what the provider is known to answer. API = the provider's API document,
 * (doc), (sdk), (3p) = the sources of its observed behaviour.
 */
@QuarkusTest
@WithTestResource(GatewayTestResource.class)
class WaveSpeedImageProviderTest {

    private static final String PATH = "wavespeed-ai/imagen4";
    private static final String INPUT = "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1}";
    private static final PredictionId PREDICTION = new PredictionId("p 1/ä".replace(" ", "-"));

    /** API: the response parameters; created_at with nine digits (sdk). */
    private static final String CREATED = """
            {"code": 200, "message": "success", "data": {"id": "8f2d", "model": "wavespeed-ai/imagen4", "outputs": [],
             "urls": {"get": "https://api.wavespeed.ai/api/v3/predictions/8f2d/result"}, "has_nsfw_contents": [],
             "status": "created", "created_at": "2025-06-01T12:34:56.789123456Z", "error": "", "timings": {"inference": 0}}}
            """;

    @Inject
    WaveSpeedImageProvider provider;

    @SuppressWarnings("NullAway.Init")
    WireMockServer server;

    @BeforeEach
    void forgetEarlierTests() {
        server.resetAll();
    }

    static Stream<Arguments> submitAnswers() {
        var unknown = new SubmitOutcome.Unknown();
        return Stream.of(
                Arguments.of(200, CREATED, new SubmitOutcome.Created(new PredictionId("8f2d"))),
                // Everything but the id may be missing (sdk).
                Arguments.of(200, "{\"data\": {\"id\": \"x\"}}", new SubmitOutcome.Created(new PredictionId("x"))),
                Arguments.of(200, "{\"code\": 200, \"message\": \"ok\", \"data\": {}}", unknown),
                Arguments.of(200, "{\"code\": 200, \"data\": {\"id\": null}}", unknown),
                Arguments.of(200, "{\"code\": 200, \"data\": {\"id\": \"\"}}", unknown),
                Arguments.of(200, "", unknown),
                Arguments.of(200, "<html>maintenance</html>", unknown),
                // HTTP 200 with another code is an error (doc).
                Arguments.of(
                        200, "{\"code\": 400, \"message\": \"bad\", \"data\": null}", rejected("provider_rejected")),
                Arguments.of(200, "{\"code\": 429, \"data\": null}", new SubmitOutcome.NotCreated(null)),
                Arguments.of(200, "{\"code\": 500, \"data\": null}", unknown),
                Arguments.of(400, "{\"code\": 400, \"message\": \"bad\"}", rejected("provider_rejected")),
                // (3p)
                Arguments.of(
                        400,
                        "{\"code\":400,\"message\":\"Insufficient credits. Please top up your account to continue.\"}",
                        rejected("insufficient_credits")),
                Arguments.of(401, "{\"code\": 401}", rejected("provider_unauthorized")),
                Arguments.of(402, "", rejected("insufficient_credits")),
                Arguments.of(403, "{\"code\": 403}", rejected("provider_forbidden")),
                Arguments.of(404, "{\"code\": 404}", rejected("provider_model_not_found")),
                Arguments.of(408, "", unknown),
                Arguments.of(413, "", rejected("provider_rejected")),
                Arguments.of(429, "{\"code\": 429}", new SubmitOutcome.NotCreated(null)),
                Arguments.of(500, "{\"code\": 500}", unknown),
                // HTML bodies on 502 and 504 (doc).
                Arguments.of(502, "<html>Bad Gateway</html>", unknown),
                Arguments.of(503, "", unknown),
                Arguments.of(504, "<html>Gateway Timeout</html>", unknown),
                Arguments.of(302, "", unknown));
    }

    private static SubmitOutcome rejected(String code) {
        return new SubmitOutcome.Rejected(new Failure(code, ""));
    }

    @ParameterizedTest
    @MethodSource("submitAnswers")
    void everyAnswerToASubmitHasItsMeaning(int status, String body, SubmitOutcome expected) {
        answer(aResponse().withStatus(status).withBody(body));

        var outcome = provider.submit(PATH, INPUT);

        assertThat(outcome)
                .usingRecursiveComparison()
                .ignoringFields("failure.text")
                .isEqualTo(expected);
        server.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void theSubmitIsTheProvidersOwnRequest() {
        answer(aResponse().withBody(CREATED));

        provider.submit(PATH, INPUT);

        server.verify(
                1,
                postRequestedFor(urlEqualTo("/api/v3/wavespeed-ai/imagen4"))
                        .withHeader("Authorization", equalTo("Bearer the-provider-key"))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withRequestBody(equalToJson(INPUT)));
    }

    @Test
    void theSubmitNeverReusesAConnection() {
        answer(aResponse().withBody(CREATED));

        provider.submit(PATH, INPUT);

        server.verify(postRequestedFor(anyUrl()).withHeader("Connection", equalTo("close")));
    }

    @Test
    void retryAfterIsHonoured() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "17"));

        assertThat(provider.submit(PATH, INPUT)).isEqualTo(new SubmitOutcome.NotCreated(Duration.ofSeconds(17)));
    }

    @Test
    void aRetryAfterThatIsNoNumberAndNoDateIsIgnored() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "soon"));

        assertThat(provider.submit(PATH, INPUT)).isEqualTo(new SubmitOutcome.NotCreated(null));
    }

    @Test
    void aRetryAfterIsBelievedForAQuarterOfAnHourAtMost() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "Tue, 31 Dec 2999 23:59:59 GMT"));

        assertThat(provider.submit(PATH, INPUT)).isEqualTo(new SubmitOutcome.NotCreated(Duration.ofMinutes(15)));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aConnectionThatBreaksAfterTheSubmitWasSentLeavesItsOutcomeUnknown(Fault fault) {
        answer(aResponse().withFault(fault));

        assertThat(provider.submit(PATH, INPUT)).isEqualTo(new SubmitOutcome.Unknown());
        server.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void aSubmitThatIsNotAnsweredInTimeIsUnknownAndNotRepeated() {
        answer(aResponse().withBody(CREATED).withFixedDelay(2000));

        assertThat(provider.submit(PATH, INPUT)).isEqualTo(new SubmitOutcome.Unknown());
        server.verify(1, postRequestedFor(anyUrl()));
    }

    static Stream<Arguments> pollAnswers() {
        var running = new PollOutcome.Running();
        var unavailable = new PollOutcome.Unavailable(null);
        var one = List.of(new Output("https://a/1.png", false));
        return Stream.of(
                Arguments.of(200, CREATED, running),
                Arguments.of(200, status("processing"), running),
                // (sdk), and one that nobody has seen.
                Arguments.of(200, status("pending"), running),
                Arguments.of(200, status("levitating"), running),
                Arguments.of(200, "{\"code\": 200, \"data\": {\"id\": \"p\"}}", running),
                // API: has_nsfw_contents runs parallel to outputs, timings.inference is in milliseconds.
                Arguments.of(
                        200,
                        """
                        {"code": 200, "data": {"status": "completed", "outputs": ["https://a/1.png", "https://a/2.png"],
                         "has_nsfw_contents": [false, true], "timings": {"inference": 1234}}}
                        """,
                        new PollOutcome.Succeeded(
                                List.of(new Output("https://a/1.png", false), new Output("https://a/2.png", true)),
                                Duration.ofMillis(1234))),
                // Nulls (sdk).
                Arguments.of(200, """
                        {"code": 200, "message": null, "data": {"status": "completed", "outputs": ["https://a/1.png"],
                         "has_nsfw_contents": null, "timings": null, "urls": null, "error": null}}
                        """, new PollOutcome.Succeeded(one, Duration.ZERO)),
                // Objects instead of addresses (sdk).
                Arguments.of(
                        200,
                        "{\"data\": {\"status\": \"completed\", \"outputs\": [{\"url\": \"https://a/1.png\"}]}}",
                        new PollOutcome.Succeeded(one, Duration.ZERO)),
                Arguments.of(200, "{\"data\": {\"status\": \"completed\", \"outputs\": []}}", failed("no_outputs")),
                Arguments.of(200, "{\"data\": {\"status\": \"completed\"}}", failed("no_outputs")),
                // A failed task is HTTP 200, code 200 (doc).
                Arguments.of(200, status("failed"), failed("generation_failed")),
                Arguments.of(200, status("cancelled"), failed("generation_failed")),
                Arguments.of(200, status("timeout"), failed("generation_failed")),
                Arguments.of(200, status("deleted"), failed("generation_failed")),
                // 1200 is moderation (doc).
                Arguments.of(
                        200,
                        "{\"data\": {\"status\": \"failed\", \"code\": 1200, \"error\": \"blocked\"}}",
                        failed("content_moderated")),
                Arguments.of(404, "{\"code\": 404}", new PollOutcome.Missing()),
                Arguments.of(200, "{\"code\": 404, \"data\": null}", new PollOutcome.Missing()),
                Arguments.of(200, "{\"code\": 500, \"data\": null}", unavailable),
                Arguments.of(200, "<html></html>", unavailable),
                Arguments.of(200, "", unavailable),
                Arguments.of(401, "", unavailable),
                Arguments.of(429, "", unavailable),
                Arguments.of(500, "", unavailable),
                Arguments.of(502, "<html>Bad Gateway</html>", unavailable));
    }

    private static String status(String status) {
        return "{\"code\": 200, \"message\": \"success\", \"data\": {\"id\": \"p\", \"status\": \"%s\"}}"
                .formatted(status);
    }

    private static PollOutcome failed(String code) {
        return new PollOutcome.Failed(new Failure(code, ""));
    }

    @ParameterizedTest
    @MethodSource("pollAnswers")
    void everyAnswerToAPollHasItsMeaning(int status, String body, PollOutcome expected) {
        answer(aResponse().withStatus(status).withBody(body));

        assertThat(provider.poll(PREDICTION))
                .usingRecursiveComparison()
                .ignoringFields("failure.text")
                .isEqualTo(expected);
    }

    @Test
    void thePollAsksForTheResultOfThePrediction() {
        answer(aResponse().withBody(CREATED));

        provider.poll(PREDICTION);

        server.verify(
                1,
                getRequestedFor(urlEqualTo("/api/v3/predictions/p-1%2F%C3%A4/result"))
                        .withHeader("Authorization", equalTo("Bearer the-provider-key")));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aPollWhoseConnectionBreaksIsRepeatedOnce(Fault fault) {
        answer(aResponse().withFault(fault));

        assertThat(provider.poll(PREDICTION)).isEqualTo(new PollOutcome.Unavailable(null));
        server.verify(2, getRequestedFor(anyUrl()));
    }

    @Test
    void theWordsOfTheProviderReachTheCallerButNotAtAnyLength() {
        answer(aResponse()
                .withStatus(400)
                .withBody("{\"code\": 400, \"message\": \"%s\"}".formatted("x".repeat(5000))));

        assertThat(provider.submit(PATH, INPUT)).isInstanceOfSatisfying(SubmitOutcome.Rejected.class, rejected -> {
            assertThat(rejected.failure().text())
                    .startsWith("the provider refused the request: xxx")
                    .hasSizeLessThan(400);
        });
    }

    private void answer(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }
}
