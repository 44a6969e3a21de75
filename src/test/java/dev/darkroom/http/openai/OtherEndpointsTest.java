package dev.darkroom.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.LambdaEvents;
import dev.darkroom.http.Requests;
import dev.darkroom.http.TestCallers;
import dev.darkroom.http.openai.OpenAiRequests.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tasks, models, and paths that do not exist. */
class OtherEndpointsTest {

    private static final String ASYNC = "/v1/images/generations/async";
    private static final String BODY = "{\"prompt\": \"a cat\"}";

    private final FuzzedGateway gateway = new FuzzedGateway();
    private final CoreFixture core = gateway.core;

    private Answer submitted(ObjectNode event) {
        return OpenAiRequests.submitted(gateway, event);
    }

    private Answer get(String path) {
        return submitted(LambdaEvents.http("GET " + path, path));
    }

    private static ObjectNode task(String id) {
        var event = LambdaEvents.http("GET /v1/images/tasks/{id}", "/v1/images/tasks/" + id);
        event.putObject("pathParameters").put("id", id);
        return event;
    }

    private Generation advanced() {
        core.advance.advance(core.store.all().iterator().next());
        return core.store.all().iterator().next();
    }

    @Test
    void aTaskIsAcceptedAtOnce() {
        var start = core.clock.instant();

        var answer = submitted(OpenAiRequests.post(ASYNC, BODY));

        var row = core.store.all().iterator().next();
        var poll = "https://api.example/v1/images/tasks/" + row.id();
        assertThat(core.clock.instant()).isEqualTo(start);
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.headers()).containsEntry("location", poll).containsEntry("retry-after", "3");
        assertThat(answer.body()).isEqualTo(Fuzz.object("""
                {"id": "%1$s", "task_id": "%1$s", "object": "image.generation.task", "status": "processing",
                 "created_at": %2$d, "expires_at": %3$d, "poll_url": "%4$s"}""".formatted(
                        row.id(),
                        row.createdAt().getEpochSecond(),
                        row.createdAt().plus(Duration.ofDays(30)).getEpochSecond(),
                        poll)));
    }

    @Test
    void aTaskThatHasCompletedHasTheAnswerOfARequestThatWaits() {
        submitted(OpenAiRequests.post(ASYNC, BODY));
        var row = advanced();

        var answer = OpenAiRequests.read(gateway, task(row.id().value()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).doesNotContainKey("retry-after");
        assertThat(answer.body().path("status").asText()).isEqualTo("completed");
        assertThat(answer.body().path("http_status").asInt()).isEqualTo(200);
        assertThat(answer.body().at("/result/data/0/url").asText())
                .isEqualTo("https://images.example/prediction-1.png");
        assertThat(answer.body().has("error")).isFalse();
    }

    @Test
    void aTaskThatHasFailedHasTheError() {
        core.provider.willAnswerPoll(new PollOutcome.Failed(new Failure("content_moderated", "not this prompt")));
        submitted(OpenAiRequests.post(ASYNC, BODY));
        var row = advanced();

        var answer = OpenAiRequests.read(gateway, task(row.id().value()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("status").asText()).isEqualTo("failed");
        assertThat(answer.body().path("http_status").asInt()).isEqualTo(400);
        assertThat(answer.body().at("/error/code").asText()).isEqualTo("content_policy_violation");
    }

    @Test
    void aMarkedRetryOfATaskIsTheSameTask() {
        var first = submitted(OpenAiRequests.post(ASYNC, BODY));
        var retry = OpenAiRequests.with("x-stainless-retry-count", "1", OpenAiRequests.post(ASYNC, BODY));

        assertThat(submitted(retry).body()).isEqualTo(first.body());
        assertThat(core.provider.submissions()).hasSize(1);
    }

    @Test
    void anOwnerReadsItsOwnTasksOnly() {
        submitted(OpenAiRequests.post(ASYNC, BODY));
        var id = core.store.all().iterator().next().id().value();

        var foreign = OpenAiRequests.read(gateway, TestCallers.as(TestCallers.ANOTHER, task(id)));
        var unknown = OpenAiRequests.read(gateway, task("f".repeat(32)));

        assertThat(foreign.status()).isEqualTo(404);
        assertThat(foreign.body()).isEqualTo(unknown.body());
        assertThat(foreign.error().path("code").asText()).isEqualTo("generation_not_found");
        assertThat(OpenAiRequests.read(gateway, task("5")).status()).isEqualTo(400);
    }

    @Test
    void theModelsAreListed() {
        var answer = get("/v1/models");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body().path("object").asText()).isEqualTo("list");
        assertThat(answer.body().path("data")).hasSizeGreaterThan(10).contains(Fuzz.object("""
                {"id": "wavespeed-ai/imagen4", "object": "model", "created": 0, "owned_by": "wavespeed-ai"}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wavespeed-ai/imagen4", "wavespeed-ai%2Fimagen4"})
    void aModelIsReadByItsId(String id) {
        assertThat(get("/v1/models/" + id).body().path("id").asText()).isEqualTo("wavespeed-ai/imagen4");
    }

    @Test
    void aModelThatDoesNotExistIsNotFound() {
        var answer = get("/v1/models/wavespeed-ai/imagen5");

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.error().path("code").asText()).isEqualTo("model_not_found");
        assertThat(answer.error().path("message").asText()).contains("did you mean wavespeed-ai/imagen4?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            POST | /v1/images/edits          | 404 | takes no images
            POST | /v1/chat/completions      | 404 | try POST /v1/images/generations
            GET  | /v1/usage/                | 404 | without one at its end
            GET  | //v1/usage                | 404 | with single slashes
            GET  | /v1/images/by-hash/ab/    | 404 | without one at its end
            POST | /images/generations       | 404 | ends with /v1
            GET  | /v1/images/generations    | 405 | This path takes POST
            POST | /v1/models                | 405 | This path takes GET
            """)
    void whatDoesNotExistIsSaidInOpenAisForm(String method, String path, int status, String message) {
        var answer = submitted(Requests.unrouted(method, path));

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.headers()).containsEntry("x-should-retry", "false");
        assertThat(answer.error().path("message").asText()).contains(message);
        assertThat(answer.error().path("param").isNull()).isTrue();
    }

    @Test
    void aBaseUrlThatEndsWithASlashWorks() {
        gateway.waits.duringPause(() -> core.store.all().forEach(core.advance::advance));

        var event = Requests.unrouted("POST", "//v1/images/generations").put("body", BODY);

        assertThat(submitted(event).status()).isEqualTo(200);
    }

    @Test
    void optionsNeedNoKey() {
        var answer = submitted(TestCallers.withoutKey(Requests.unrouted("OPTIONS", "/v1/images/generations")));

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.headers()).containsEntry("allow", "POST, OPTIONS");
    }
}
