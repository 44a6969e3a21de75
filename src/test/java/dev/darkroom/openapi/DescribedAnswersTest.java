package dev.darkroom.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.Requests;
import dev.darkroom.local.gateway.Answer;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the handlers answer is as the document says. The platform tests check all that they see in the same way. */
class DescribedAnswersTest {

    private static final String ID = "%032x".formatted(1);
    private static final String UNKNOWN = "f".repeat(32);

    private static final AnswerCheck CHECK =
            new AnswerCheck(WriteOpenApi.document(Path.of("").toAbsolutePath(), "0").root());

    private final FuzzedGateway gateway = new FuzzedGateway();

    /** Sends a request to a handler, checks the answer, and returns its status. */
    private static int status(Function<JsonNode, JsonNode> handler, ObjectNode event) {
        var answer = handler.apply(event);
        var headers = answer.path("headers").properties().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey(), header -> header.getValue().asText()));
        int status = answer.path("statusCode").intValue();
        assertThat(CHECK.problems(new Answer(
                        event.at("/requestContext/http/method").asText(),
                        event.path("rawPath").asText(),
                        status,
                        headers,
                        answer.path("body").asText())))
                .isEmpty();
        return status;
    }

    private int submitted(ObjectNode event) {
        return status(request -> gateway.submit.handleRequest(request, new FakeContext(10_000)), event);
    }

    private int read(ObjectNode event) {
        return status(request -> gateway.get.handleRequest(request, new FakeContext(10_000)), event);
    }

    private int managed(ObjectNode event) {
        return status(request -> gateway.manage.handleRequest(request, new FakeContext(10_000)), event);
    }

    @Test
    void aSubmission() {
        assertThat(submitted(Requests.valid())).isEqualTo(200);
    }

    @Test
    void aSubmissionOfARetiredModel() {
        assertThat(submitted(Requests.submission("google/imagen4", "{\"prompt\": \"a cat\"}")))
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{}", "{\"prompt\": \"a cat\", \"size\": 1}", "prompt=a"})
    void aSubmissionThatIsRefused(String body) {
        assertThat(submitted(Requests.submission("wavespeed-ai/imagen4", body))).isBetween(400, 415);
    }

    @Test
    void aSubmissionToAModelThatDoesNotExist() {
        assertThat(submitted(Requests.submission("wavespeed-ai/imagen5", "{}"))).isEqualTo(404);
    }

    @Test
    void aSubmissionWhileTheTableDoesNotAnswer() {
        gateway.core.store.setUnavailable(true);

        assertThat(submitted(Requests.valid())).isEqualTo(503);
    }

    @Test
    void aGenerationThatTheProviderHas() {
        gateway.storeOne();

        assertThat(read(Requests.result(ID))).isEqualTo(200);
        assertThat(read(Requests.events(ID))).isEqualTo(200);
        assertThat(managed(Requests.cancellation(ID))).isEqualTo(409);
    }

    @Test
    void aGenerationThatIsQueuedAndThenCancelled() {
        gateway.storeQueued();

        assertThat(read(Requests.result(ID))).isEqualTo(200);
        assertThat(managed(Requests.cancellation(ID))).isEqualTo(200);
        assertThat(read(Requests.events(ID))).isEqualTo(200);
    }

    @Test
    void aGenerationWithAnUnknownOutcome() {
        gateway.storeUnconfirmed();

        assertThat(read(Requests.result(ID))).isEqualTo(200);
        assertThat(managed(Requests.cancellation(ID))).isEqualTo(409);
    }

    @Test
    void aGenerationThatDoesNotExist() {
        assertThat(read(Requests.result(UNKNOWN))).isEqualTo(404);
        assertThat(read(Requests.events(UNKNOWN))).isEqualTo(404);
        assertThat(managed(Requests.cancellation(UNKNOWN))).isEqualTo(404);
        assertThat(read(Requests.result("abc"))).isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "OPTIONS", "PUT", "GET"})
    void otherMethodsOfAKnownPath(String method) {
        assertThat(submitted(Requests.unrouted(method, "/api/v3/wavespeed-ai/imagen4")))
                .isIn(204, 405);
        assertThat(read(Requests.unrouted(method, "/api/v3/predictions/" + UNKNOWN)))
                .isIn(204, 404, 405);
    }

    @Test
    void anEndpointThatTheGatewayDoesNotHave() {
        assertThat(submitted(Requests.unrouted("POST", "/api/v3/media/upload/binary")))
                .isEqualTo(404);
    }

    @Test
    void aWebhook() {
        var event = Requests.webhook("wavespeed", ID).put("body", "{}");

        assertThat(status(request -> gateway.webhook.handleRequest(request, new FakeContext(10_000)), event))
                .isEqualTo(401);
    }
}
