package dev.darkroom.http.wavespeed.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.Requests;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A caller can see that the paid call of its generation has an unknown outcome. */
class UnconfirmedViewTest {

    private final FuzzedGateway gateway = new FuzzedGateway();

    @Test
    void anUnconfirmedSubmissionIsShownWithTheTimeOfItsEnd() {
        gateway.core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("timeout"));

        var submitted = answer(gateway.submit.handleRequest(Requests.valid(), new FakeContext(10_000)));

        assertThat(submitted.path("status").asText()).isEqualTo("processing");
        assertThat(submitted.path("submission"))
                .hasToString("{\"confirmed\":false,\"since\":\"2026-01-01T12:00:00.000Z\","
                        + "\"searched_until\":\"2026-01-02T12:00:00.000Z\"}");
        gateway.core.clock.advance(Duration.ofMinutes(5));
        assertThat(read(submitted.path("id").asText()).path("submission")).isEqualTo(submitted.path("submission"));
    }

    @Test
    void aConfirmedSubmissionIsNotMentioned() {
        var submitted = answer(gateway.submit.handleRequest(Requests.valid(), new FakeContext(10_000)));

        assertThat(submitted.has("submission")).isFalse();
        assertThat(read(submitted.path("id").asText()).has("submission")).isFalse();
    }

    @Test
    void aWorkflowSeesItToo() {
        gateway.core.provider.willAnswerSubmit(new SubmitOutcome.Unknown("timeout"));
        ObjectNode event = Fuzz.object("{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"a cat\"}}");

        var started = gateway.start.handleRequest(event, new FakeContext(10_000));

        assertThat(started.at("/submission/confirmed").isBoolean()).isTrue();
    }

    private JsonNode read(String id) {
        return answer(gateway.get.handleRequest(Requests.result(id), new FakeContext(10_000)));
    }

    private static JsonNode answer(JsonNode answer) {
        return CheckedResponse.of(answer).body().path("data");
    }
}
