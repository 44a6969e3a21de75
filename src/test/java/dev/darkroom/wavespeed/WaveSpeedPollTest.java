package dev.darkroom.wavespeed;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.darkroom.wavespeed.Meaning.assertMeans;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.darkroom.GatewayTestResource;
import dev.darkroom.application.PollOutcome;
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
 * The free call for a result against a server that answers what the provider is known to answer. API = the provider's API document,
 * (doc), (sdk), (3p) = the sources of its observed behaviour.
 */
@QuarkusTest
@WithTestResource(GatewayTestResource.class)
class WaveSpeedPollTest {

    private static final PredictionId PREDICTION = new PredictionId("p-1/ä");

    @Inject
    WaveSpeedImageProvider provider;

    @SuppressWarnings("NullAway.Init")
    WireMockServer server;

    @BeforeEach
    void forgetEarlierTests() {
        server.resetAll();
    }

    static Stream<Arguments> pollAnswers() {
        var running = new PollOutcome.Running();
        var unavailable = new PollOutcome.Unavailable(null, "");
        var one = List.of(new Output("https://a/1.png", false));
        return Stream.of(
                Arguments.of(200, ApiAnswers.CREATED, running),
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
                Arguments.of(404, "{\"code\": 404}", new PollOutcome.NotFound()),
                Arguments.of(200, "{\"code\": 404, \"data\": null}", new PollOutcome.NotFound()),
                // A proxy in between, not the provider.
                Arguments.of(404, "<html>Not Found</html>", unavailable),
                Arguments.of(200, "{\"code\": 500, \"data\": null}", unavailable),
                Arguments.of(200, "<html></html>", unavailable),
                Arguments.of(200, "", unavailable),
                Arguments.of(401, "", unavailable),
                Arguments.of(429, "", new PollOutcome.Unavailable(Duration.ofSeconds(1), "")),
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

        assertMeans(provider.poll(PREDICTION), expected);
    }

    @Test
    void thePollAsksForTheResultOfThePrediction() {
        answer(aResponse().withBody(ApiAnswers.CREATED));

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

        assertMeans(provider.poll(PREDICTION), new PollOutcome.Unavailable(null, ""));
        server.verify(2, getRequestedFor(anyUrl()));
    }

    private void answer(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }
}
