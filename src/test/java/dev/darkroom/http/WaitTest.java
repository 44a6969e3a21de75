package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.Output;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.provider.SubmitOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers of WaveSpeed's dialect that wait for their images. */
class WaitTest {

    private static final String SYNC_MODE = "{\"prompt\": \"a cat\", \"enable_sync_mode\": true}";
    private static final String ASYNC = "{\"prompt\": \"a cat\"}";
    private static final Map<String, String> NAMED =
            Map.of("x-client-name", "wavespeed-js", "x-client-version", "0.3.2");

    private final FuzzedGateway gateway = new FuzzedGateway();
    private final CoreFixture core = gateway.core;
    private final Instant start = core.clock.instant();

    @Test
    void aPreferredWaitIsAnsweredWithTheImages() {
        completeAfter(Duration.ofSeconds(7));

        var answer = submit(ASYNC, Map.of("prefer", "wait=20"));

        assertThat(answer.body().at("/data/status").asText()).isEqualTo("completed");
        assertThat(answer.body().at("/data/outputs/0").asText()).isEqualTo("https://images/1.png");
        assertThat(answer.applied()).isEqualTo("wait=20");
        assertThat(waited()).isBetween(Duration.ofSeconds(7), Duration.ofMillis(7_500));
    }

    @Test
    void aPreferredWaitThatIsTooShortIsAnsweredAsWithoutIt() {
        var answer = submit(ASYNC, Map.of("prefer", "wait=3"));

        assertThat(answer.body().at("/data/status").asText()).isEqualTo("processing");
        assertThat(answer.body().at("/data/error").asText()).isEmpty();
        assertThat(answer.body().at("/data").has("code")).isFalse();
        assertThat(answer.applied()).isEqualTo("wait=3");
        assertThat(waited()).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void aPreferenceForMoreIsCutTo25Seconds() {
        var answer = submit(ASYNC, Map.of("prefer", "wait=600"));

        assertThat(answer.applied()).isEqualTo("wait=25");
        assertThat(waited()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void aWaitOfNothingIsAnsweredAtOnce() {
        var answer = submit(ASYNC, Map.of("prefer", "wait=0"));

        assertThat(answer.applied()).isEqualTo("wait=0");
        assertThat(waited()).isZero();
        assertThat(gateway.waits.reads()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wait=soon", "wait", "return=minimal", ""})
    void withoutAPreferenceTheAnswerDoesNotWait(String header) {
        var answer = submit(ASYNC, Map.of("prefer", header));

        assertThat(answer.applied()).isEmpty();
        assertThat(waited()).isZero();
        assertThat(gateway.waits.reads()).isZero();
    }

    @Test
    void theSyncModeIsAnsweredWithTheImages() {
        completeAfter(Duration.ofSeconds(5));

        var answer = submit(SYNC_MODE, NAMED);

        assertThat(answer.body().at("/data/status").asText()).isEqualTo("completed");
        assertThat(answer.body().at("/data/error").asText()).isEmpty();
        assertThat(answer.body().at("/data").has("code")).isFalse();
        assertThat(answer.applied()).isEmpty();
    }

    @Test
    void aFailureInSyncModeIsAFailedGeneration() {
        gateway.waits.duringPause(() -> core.store
                .all()
                .forEach(row -> core.store.update(row.failed(Failure.NEVER_SUBMITTED, core.clock.instant()))));

        var answer = submit(SYNC_MODE, NAMED);

        assertThat(answer.body().at("/data/status").asText()).isEqualTo("failed");
        assertThat(answer.body().at("/data").has("code")).isFalse();
    }

    @Test
    void aSyncModeThatTimesOutIsAnsweredInTheProvidersWords() {
        var answer = submit(SYNC_MODE, NAMED);

        var data = answer.body().path("data");
        var id = core.store.all().iterator().next().id();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(data.path("id").asText()).isEqualTo(id.value());
        assertThat(data.path("status").asText()).isEqualTo("processing");
        assertThat(data.path("code").intValue()).isEqualTo(5004);
        assertThat(data.path("error").asText())
                .isEqualTo("Sync mode timed out after 25 seconds. The prediction is still processing asynchronously.");
        assertThat(data.at("/urls/get").asText()).isEqualTo("https://api.example/api/v3/predictions/" + id + "/result");
        assertThat(waited()).isEqualTo(Duration.ofSeconds(25));
    }

    @Test
    void aQueuedRequestIsStillProcessingForTheSyncMode() {
        core.provider.willAnswerSubmit(new SubmitOutcome.NotCreated(null, "HTTP 429"));

        var answer = submit(SYNC_MODE, NAMED);

        assertThat(answer.body().at("/data/status").asText()).isEqualTo("processing");
        assertThat(answer.body().at("/data/code").intValue()).isEqualTo(5004);
    }

    /** The oldest clients of the provider do not name themselves, give up after 10 s, and send the request again. */
    @ParameterizedTest
    @CsvSource({"wavespeed-go, 0.2.4", "wavespeed-js, 0.2.6", ","})
    void aClientThatMayGiveUpAfterTenSecondsIsAnsweredBefore(String name, String version) {
        Map<String, String> headers =
                name == null ? Map.of() : Map.of("x-client-name", name, "x-client-version", version);

        var answer = submit(SYNC_MODE, headers);

        assertThat(answer.body().at("/data/error").asText()).startsWith("Sync mode timed out after 8.5 seconds.");
        assertThat(waited()).isEqualTo(Duration.ofMillis(8_500));
    }

    @Test
    void aClientThatSaysHowLongItWaitsIsBelieved() {
        submit(ASYNC, Map.of("prefer", "wait=20"));

        assertThat(waited()).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void aPreferenceDecidesHowLongTheSyncModeWaits() {
        var answer = submit(SYNC_MODE, Map.of("prefer", "wait=4"));

        assertThat(answer.body().at("/data/code").intValue()).isEqualTo(5004);
        assertThat(answer.body().at("/data/error").asText()).startsWith("Sync mode timed out after 4 seconds.");
        assertThat(answer.applied()).isEqualTo("wait=4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"prompt\": \"a cat\", \"enable_sync_mode\": false}",
                "{\"prompt\": \"a cat\", \"enable_sync_mode\": null}",
                "{\"prompt\": \"enable_sync_mode: true\"}"
            })
    void withoutTheSyncModeTheAnswerDoesNotWait(String body) {
        var answer = submit(body, NAMED);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(waited()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"yes\"", "1", "\"true\"", "{}", "[]"})
    void anotherValueOfTheSyncModeIsRefused(String value) {
        var answer = submit("{\"prompt\": \"a cat\", \"enable_sync_mode\": %s}".formatted(value), NAMED);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo("enable_sync_mode");
        assertThat(waited()).isZero();
    }

    @Test
    void aRefusedRequestIsAnsweredAtOnce() {
        var answer = submit("{\"enable_sync_mode\": true}", NAMED);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.applied()).isEmpty();
        assertThat(waited()).isZero();
    }

    /** The parameter changes no image, so it is no part of the request that a key stands for. */
    @Test
    void aRepetitionMayWaitForTheSameGeneration() {
        submit(ASYNC, Map.of("idempotency-key", "order-1"));

        var answer = submit(SYNC_MODE, Map.of("idempotency-key", "order-1"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/data/code").intValue()).isEqualTo(5004);
        gateway.checkOneRowAndOnePaidCall();
    }

    @Test
    void atTheFunctionsOwnUrlAWaitMayTake290Seconds() {
        var event = event(ASYNC, Map.of("prefer", "wait=300"));
        ofFunctionUrl(event);

        var answer = submit(event, 310_000);

        assertThat(answer.applied()).isEqualTo("wait=290");
        assertThat(waited()).isEqualTo(Duration.ofSeconds(290));
    }

    @Test
    void aTableThatDoesNotAnswerAtTheEndOfAWaitLeavesTheId() {
        gateway.waits.duringPause(() -> core.store.setUnavailable(true));

        var answer = submit(SYNC_MODE, NAMED);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().at("/data/id").asText()).hasSize(32);
        assertThat(answer.body().at("/data/code").intValue()).isEqualTo(5004);
    }

    private record Answer(int status, JsonNode body, String applied) {}

    private Answer submit(String body, Map<String, String> headers) {
        return submit(event(body, headers), 29_000);
    }

    private Answer submit(ObjectNode event, int remainingMillis) {
        var sent = gateway.submit.handleRequest(event, new FakeContext(remainingMillis));
        var checked = CheckedResponse.of(sent);
        return new Answer(
                checked.status(),
                checked.body(),
                sent.path("headers").path("preference-applied").asText());
    }

    private ObjectNode event(String body, Map<String, String> headers) {
        var event = Requests.submission(CoreFixture.MODEL, body);
        event.withObject("/requestContext")
                .put("timeEpoch", core.clock.instant().toEpochMilli());
        headers.forEach((name, value) -> Requests.withHeader(event, name, value));
        return event;
    }

    static ObjectNode ofFunctionUrl(ObjectNode event) {
        event.put("routeKey", "$default").remove("pathParameters");
        event.withObject("/requestContext").put("domainName", "abc.lambda-url.us-east-1.on.aws");
        return event;
    }

    private Duration waited() {
        return Duration.between(start, core.clock.instant());
    }

    private void completeAfter(Duration time) {
        gateway.waits.duringPause(() -> {
            if (waited().compareTo(time) >= 0) {
                core.store.all().forEach(this::complete);
            }
        });
    }

    private void complete(Generation row) {
        if (row.state() instanceof State.Processing processing) {
            core.store.update(row.completed(new State.Completed(
                    processing.predictionId(),
                    List.of(new Output("https://images/1.png", false)),
                    Duration.ofSeconds(3),
                    core.clock.instant())));
        }
    }
}
