package dev.darkroom.workflow;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.stubFor;
import static com.github.tomakehurst.wiremock.client.WireMock.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.github.tomakehurst.wiremock.junit5.WireMockRuntimeInfo;
import com.github.tomakehurst.wiremock.junit5.WireMockTest;
import dev.darkroom.core.account.Owner;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.followup.WorkflowUnavailableException;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.GenerationRequest;
import dev.darkroom.core.generation.ModelId;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.generation.TestClaims;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.http.GatewayAddress;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;

/** The wire format of Step Functions' API: AWS JSON 1.0. */
@WireMockTest
class StepFunctionsTasksTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final TaskToken TASK = new TaskToken("a-token");
    private static final PredictionId PREDICTION = new PredictionId("p");

    private final Generation running = Generation.queued(
                    new GenerationId("00000000000000000000000000000001"),
                    new Owner("acme"),
                    new GenerationRequest(new ModelId("wavespeed-ai/imagen4"), new ProviderId("wavespeed"), "{}"),
                    NOW,
                    3)
            .claimed(TestClaims.claim("c", NOW), NOW.plusSeconds(2))
            .submitted(PREDICTION, NOW, NOW);
    private final Generation completed = running.completed(
            new State.Completed(PREDICTION, List.of(new Output("https://a/1.png", false)), Duration.ZERO, NOW));
    private final SfnClient client;
    private final StepFunctionsTasks tasks;

    StepFunctionsTasksTest(WireMockRuntimeInfo stepFunctions) {
        client = SfnClient.builder()
                .endpointOverride(URI.create(stepFunctions.getHttpBaseUrl()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
        tasks = new StepFunctionsTasks(client, views(Optional.empty()));
    }

    @BeforeEach
    void stepFunctionsAnswers() {
        stubFor(post(anyUrl()).willReturn(aResponse().withBody("{}")));
    }

    @Test
    void aCompletedGenerationIsASuccessWithItsData() {
        tasks.notifyTask(TASK, completed);

        verify(postRequestedFor(anyUrl())
                .withHeader("X-Amz-Target", equalTo("AWSStepFunctions.SendTaskSuccess"))
                .withRequestBody(matchingJsonPath("$.taskToken", equalTo("a-token")))
                .withRequestBody(matchingJsonPath("$.output", equalToJson("""
                        {"id": "00000000000000000000000000000001", "model": "wavespeed-ai/imagen4",
                         "outputs": ["https://a/1.png"], "has_nsfw_contents": [false], "status": "completed",
                         "urls": {"get": "/api/v3/predictions/00000000000000000000000000000001/result"},
                         "created_at": "2026-01-01T12:00:00.000Z", "error": "", "timings": {"inference": 0}}"""))));
    }

    @Test
    void itsResultIsReadUnderTheConfiguredAddress() {
        var configured = views(Optional.of(URI.create("https://images.example/gateway/")));

        new StepFunctionsTasks(client, configured).notifyTask(TASK, completed);

        verify(postRequestedFor(anyUrl())
                .withRequestBody(matchingJsonPath(
                        "$.output",
                        containing("https://images.example/gateway/api/v3/predictions/%s/result"
                                .formatted(completed.id())))));
    }

    @Test
    void aFailedGenerationIsAFailureWithItsCodeAndText() {
        tasks.notifyTask(TASK, running.failed(new Failure("content_moderated", "the text"), NOW));

        verify(postRequestedFor(anyUrl())
                .withHeader("X-Amz-Target", equalTo("AWSStepFunctions.SendTaskFailure"))
                .withRequestBody(equalToJson("""
                        {"taskToken": "a-token", "error": "content_moderated", "cause": "the text"}""")));
    }

    @Test
    void aCancelledGenerationIsAFailureWithTheNameOfAnException() {
        var cancelled = Generation.queued(running.id(), running.owner(), running.request(), NOW, 3)
                .cancelled(NOW);

        tasks.notifyTask(TASK, cancelled);

        verify(postRequestedFor(anyUrl())
                .withHeader("X-Amz-Target", equalTo("AWSStepFunctions.SendTaskFailure"))
                .withRequestBody(equalToJson("""
                        {"taskToken": "a-token", "error": "dev.darkroom.errors.GenerationCancelledException",
                         "cause": "the generation was cancelled before it was submitted; nothing was billed"}""")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"TaskTimedOut", "TaskDoesNotExist", "InvalidToken"})
    void anAbandonedTaskIsReported(String error) {
        refuse(400, error);

        assertThat(tasks.notifyTask(TASK, completed)).isFalse();
        assertThat(tasks.heartbeat(TASK)).isFalse();
    }

    @Test
    void anythingElseIsWorthTryingAgain() {
        refuse(400, "AccessDeniedException");

        assertThatExceptionOfType(WorkflowUnavailableException.class)
                .isThrownBy(() -> tasks.notifyTask(TASK, completed));
        assertThat(tasks.heartbeat(TASK)).isTrue();
    }

    private static void refuse(int status, String error) {
        stubFor(post(anyUrl())
                .willReturn(aResponse().withStatus(status).withBody("{\"__type\": \"%s\"}".formatted(error))));
    }

    private static GenerationViews views(Optional<URI> gateway) {
        return new GenerationViews(
                new GatewayAddress(gateway, Optional.empty()),
                Timeouts.DEFAULTS,
                new ImageRetention(Duration.ofDays(30), InstantSource.system()));
    }
}
