package dev.darkroom.http.wavespeed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.http.CheckedResponse;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.FuzzedGateway;
import dev.darkroom.http.Requests;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a caller of a model sees that has a last day. */
class RetiredModelTest {

    private final FuzzedGateway gateway = new FuzzedGateway();

    @Test
    void beforeItsLastDayTheModelDrawsAndTheAnswerSaysWhenThatEnds() {
        gateway.core.clock.set(Instant.parse("2026-08-01T00:00:00Z"));

        var answer = submit("google/imagen4", "");

        assertThat(answer.path("headers").path("sunset").asText()).isEqualTo("Mon, 17 Aug 2026 00:00:00 GMT");
        assertThat(answer.path("headers").path("deprecation").asText()).isEqualTo("@1786924800");
        assertThat(data(answer).path("model").asText()).isEqualTo("google/imagen4");
        assertThat(data(answer).has("warnings")).isFalse();
    }

    @Test
    void fromItsLastDayOnTheSuccessorDrawsAndTheAnswerSaysWhatBecameOfTheParameters() {
        gateway.core.clock.set(Instant.parse("2026-08-17T00:00:00Z"));

        var answer = submit("google/imagen4", ", \"seed\": 1");

        assertThat(answer.path("headers").path("sunset").asText()).isEqualTo("Mon, 17 Aug 2026 00:00:00 GMT");
        assertThat(data(answer).path("model").asText()).isEqualTo("google/nano-banana-2/text-to-image");
        assertThat(data(answer).path("warnings"))
                .hasToString("[{\"field\":\"model\",\"message\":\"google/imagen4 is drawn by"
                        + " google/nano-banana-2/text-to-image\"},{\"field\":\"seed\",\"message\":\"was not used:"
                        + " google/nano-banana-2/text-to-image takes no seed\"}]");
        assertThat(gateway.core.provider.submissions())
                .containsExactly("google/nano-banana-2/text-to-image {\"prompt\":\"a cat\",\"aspect_ratio\":\"1:1\"}");
    }

    @Test
    void aModelWithoutALastDayHasNoSuchHeaders() {
        var answer = submit("bytedance/seedream-v4.5", "");

        assertThat(answer.path("headers").has("sunset")).isFalse();
        assertThat(answer.path("headers").has("deprecation")).isFalse();
    }

    private JsonNode submit(String model, String parameters) {
        var event = Requests.valid();
        event.withObject("/pathParameters").put("model", model);
        event.put("body", "{\"prompt\": \"a cat\"%s}".formatted(parameters));
        return gateway.submit.handleRequest(event, new FakeContext(10_000));
    }

    private static JsonNode data(JsonNode answer) {
        return CheckedResponse.of(answer).body().path("data");
    }
}
