package dev.darkroom.provider.wavespeed;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static dev.darkroom.provider.wavespeed.OutcomeAssert.assertMeans;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.provider.ImageProvider.ProviderTask;
import dev.darkroom.core.provider.PollOutcome;
import java.net.URI;
import java.time.Duration;
import java.util.List;
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
 * The poll against a server with the provider's known answers. API = the provider's API document; (doc), (sdk), (3p) =
 * the sources of its observed behaviour.
 */
class WaveSpeedPollTest {

    private static final PredictionId PREDICTION = new PredictionId("8f2d");

    private static final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().dynamicPort());

    private final WaveSpeedImageProvider provider = ProviderAt.provider(server.baseUrl());

    @BeforeAll
    static void start() {
        server.start();
        // The first answer takes seconds on a busy machine, more than the tests allow a call.
        new ProviderAt(URI.create(server.baseUrl()), Duration.ofMinutes(1)).poll();
    }

    @AfterAll
    static void stop() {
        server.stop();
    }

    @BeforeEach
    void forgetEarlierTests() {
        server.resetAll();
    }

    static Stream<Arguments> pollAnswers() {
        var running = new PollOutcome.Running();
        var unavailable = new PollOutcome.Unavailable(null, "");
        var unclear = new PollOutcome.Unclear("");
        var one = List.of(new Output("https://a/1.png", false));
        return Stream.of(
                Arguments.of(200, ApiAnswers.CREATED, running),
                Arguments.of(200, status("processing"), running),
                // The first status comes from the SDK (sdk), the second is made up.
                Arguments.of(200, status("pending"), running),
                Arguments.of(200, status("levitating"), running),
                Arguments.of(200, "{\"code\": 200, \"data\": {\"id\": \"8f2d\"}}", running),
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
                // Fields may be null (sdk).
                Arguments.of(200, """
                        {"code": 200, "message": null, "data": {"status": "completed", "outputs": ["https://a/1.png"],
                         "has_nsfw_contents": null, "timings": null, "urls": null, "error": null}}
                        """, new PollOutcome.Succeeded(one, Duration.ZERO)),
                // Outputs may be objects instead of URLs (sdk).
                Arguments.of(
                        200,
                        "{\"data\": {\"status\": \"completed\", \"outputs\": [{\"url\": \"https://a/1.png\"}]}}",
                        new PollOutcome.Succeeded(one, Duration.ZERO)),
                // A failed task is HTTP 200, code 200 (doc).
                Arguments.of(200, status("failed"), failed("generation_failed")),
                Arguments.of(200, status("cancelled"), failed("generation_failed")),
                Arguments.of(200, status("timeout"), failed("generation_failed")),
                Arguments.of(200, status("deleted"), failed("generation_failed")),
                // The code 1200 means moderation (doc).
                Arguments.of(
                        200,
                        "{\"data\": {\"status\": \"failed\", \"code\": 1200, \"error\": \"blocked\"}}",
                        failed("content_moderated")),
                Arguments.of(404, "{\"code\": 404}", new PollOutcome.NotFound()),
                Arguments.of(200, "{\"code\": 404, \"data\": null}", new PollOutcome.NotFound()),
                // This 404 comes from a proxy in between, not from the provider.
                Arguments.of(404, "<html>Not Found</html>", unclear),
                Arguments.of(200, "{\"code\": 500, \"data\": null}", unclear),
                Arguments.of(200, "{\"code\": 503, \"data\": null}", unavailable),
                Arguments.of(200, "<html></html>", unclear),
                Arguments.of(200, "", unclear),
                Arguments.of(401, "", unclear),
                Arguments.of(429, "", unavailable),
                Arguments.of(500, "", unclear),
                Arguments.of(502, "<html>Bad Gateway</html>", unclear),
                Arguments.of(503, "<html>Service Unavailable</html>", unavailable),
                Arguments.of(504, "<html>Gateway Timeout</html>", unclear));
    }

    private static String status(String status) {
        return "{\"code\": 200, \"message\": \"success\", \"data\": {\"id\": \"8f2d\", \"status\": \"%s\"}}"
                .formatted(status);
    }

    private static PollOutcome failed(String code) {
        return new PollOutcome.Failed(new Failure(code, ""));
    }

    @ParameterizedTest
    @MethodSource("pollAnswers")
    void everyAnswerToAPollHasItsMeaning(int status, String body, PollOutcome expected) {
        answer(aResponse().withStatus(status).withBody(body));

        assertMeans(provider.poll(new ProviderTask("a/b", PREDICTION)), expected);
    }

    @Test
    void thePollAsksForTheResultOfThePrediction() {
        answer(aResponse().withBody(ApiAnswers.CREATED));

        provider.poll(new ProviderTask("a/b", new PredictionId("p-1/ä")));

        server.verify(
                1,
                getRequestedFor(urlEqualTo("/api/v3/predictions/p-1%2F%C3%A4/result"))
                        .withHeader("Authorization", equalTo("Bearer the-provider-key")));
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aPollWhoseConnectionBreaksIsRepeatedOnce(Fault fault) {
        answer(aResponse().withFault(fault));

        assertMeans(provider.poll(new ProviderTask("a/b", PREDICTION)), new PollOutcome.Unclear(""));
        server.verify(2, getRequestedFor(anyUrl()));
    }

    private void answer(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).willReturn(answer));
    }
}
