package dev.darkroom.provider.wavespeed;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.darkroom.provider.wavespeed.OutcomeAssert.assertMeans;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.ImageProvider.Submission;
import dev.darkroom.core.provider.SubmitOutcome;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The paid call against a server with the provider's known answers. API = the provider's API document; (doc), (sdk),
 * (3p) = the sources of its observed behaviour.
 */
class WaveSpeedSubmitTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final GenerationId ROW = new GenerationId("0123456789abcdef0123456789abcdef");
    private static final String PATH = "wavespeed-ai/imagen4";
    private static final String INPUT = "{\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\",\"num_images\":1}";

    private static final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    private final WaveSpeedImageProvider provider = ProviderAt.provider(server.baseUrl());

    @BeforeAll
    static void start() {
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void forgetEarlierTests() {
        server.resetAll();
    }

    static Stream<Arguments> submitAnswers() {
        var unknown = new SubmitOutcome.Unknown("");
        return Stream.of(
                Arguments.of(200, ApiAnswers.CREATED, new SubmitOutcome.Created(new PredictionId("8f2d"))),
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
                Arguments.of(200, "{\"code\": 429, \"data\": null}", new SubmitOutcome.NotCreated(null, "")),
                Arguments.of(200, "{\"code\": 500, \"data\": null}", unknown),
                Arguments.of(400, "{\"code\": 400, \"message\": \"bad\"}", rejected("provider_rejected")),
                // Seen by others (3p).
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
                Arguments.of(429, "{\"code\": 429}", new SubmitOutcome.NotCreated(null, "")),
                Arguments.of(500, "{\"code\": 500}", unknown),
                // The bodies of 502 and 504 are HTML (doc).
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

        var outcome = provider.submit(new Submission(ROW, PATH, INPUT, Optional.empty(), TIMEOUT));

        assertMeans(outcome, expected);
        server.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void theSubmitIsTheProvidersOwnRequest() {
        answer(aResponse().withBody(ApiAnswers.CREATED));

        provider.submit(new Submission(ROW, PATH, INPUT, Optional.empty(), TIMEOUT));

        server.verify(
                1,
                postRequestedFor(urlEqualTo("/api/v3/wavespeed-ai/imagen4"))
                        .withHeader("Authorization", equalTo("Bearer the-provider-key"))
                        .withHeader("Content-Type", equalTo("application/json"))
                        .withRequestBody(equalToJson(INPUT)));
    }

    @Test
    void theSubmitNeverReusesAConnection() {
        answer(aResponse().withBody(ApiAnswers.CREATED));

        provider.submit(new Submission(ROW, PATH, INPUT, Optional.empty(), TIMEOUT));

        server.verify(postRequestedFor(anyUrl()).withHeader("Connection", equalTo("close")));
    }

    @Test
    void retryAfterIsHonoured() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "17"));

        assertMeans(
                provider.submit(new Submission(ROW, PATH, INPUT, Optional.empty(), TIMEOUT)),
                new SubmitOutcome.NotCreated(Duration.ofSeconds(17), ""));
    }

    @Test
    void aRetryAfterThatIsNeitherANumberNorADateIsIgnored() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "soon"));

        assertMeans(
                provider.submit(new Submission(ROW, PATH, INPUT, Optional.empty(), TIMEOUT)),
                new SubmitOutcome.NotCreated(null, ""));
    }

    @Test
    void aRetryAfterIsBelievedForAQuarterOfAnHourAtMost() {
        answer(aResponse().withStatus(429).withHeader("Retry-After", "Tue, 31 Dec 2999 23:59:59 GMT"));

        assertMeans(
                provider.submit(new Submission(ROW, PATH, INPUT, Optional.empty(), TIMEOUT)),
                new SubmitOutcome.NotCreated(Duration.ofMinutes(15), ""));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aConnectionThatBreaksAfterTheSubmitWasSentLeavesItsOutcomeUnknown(Fault fault) {
        answer(aResponse().withFault(fault));

        assertMeans(
                provider.submit(new Submission(ROW, PATH, INPUT, Optional.empty(), TIMEOUT)),
                new SubmitOutcome.Unknown(""));
        server.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void aSubmitThatIsNotAnsweredInTimeIsUnknownAndNotRepeated() {
        answer(aResponse().withBody(ApiAnswers.CREATED).withFixedDelay(10_000));

        assertMeans(
                provider.submit(new Submission(ROW, PATH, INPUT, Optional.empty(), TIMEOUT)),
                new SubmitOutcome.Unknown(""));
        server.verify(1, postRequestedFor(anyUrl()));
    }

    @Test
    void theProvidersMessageReachesTheCallerShortened() {
        answer(aResponse()
                .withStatus(400)
                .withBody("{\"code\": 400, \"message\": \"%s\"}".formatted("x".repeat(5000))));

        assertThat(provider.submit(new Submission(ROW, PATH, INPUT, Optional.empty(), TIMEOUT)))
                .isInstanceOfSatisfying(SubmitOutcome.Rejected.class, rejected -> {
                    assertThat(rejected.failure().text())
                            .startsWith("the provider rejected the request: xxx")
                            .hasSizeLessThan(400);
                });
    }

    private void answer(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }
}
