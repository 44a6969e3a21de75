package dev.darkroom.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.http.FakeContext;
import dev.darkroom.http.Fuzz;
import dev.darkroom.http.FuzzedGateway;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Lambda may deliver an asynchronous call twice; both deliveries have the same request id. */
class RepeatedStartTest {

    private static final String WITHOUT_KEY =
            "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"a cat\"}}";
    private static final String WITH_KEY =
            "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"a cat\"}, \"idempotencyKey\": \"order-1\"}";

    private final FuzzedGateway gateway = new FuzzedGateway();

    @Test
    void oneCallThatIsDeliveredTwiceIsOneGeneration() {
        var first = start(WITHOUT_KEY, "8d3f2c1e-0000-4000-8000-000000000001");
        var second = start(WITHOUT_KEY, "8d3f2c1e-0000-4000-8000-000000000001");

        assertThat(second.path("id")).isEqualTo(first.path("id"));
        gateway.checkOneRowAndOnePaidCall();
    }

    @Test
    void twoCallsAreTwoGenerations() {
        var first = start(WITHOUT_KEY, "8d3f2c1e-0000-4000-8000-000000000001");
        var second = start(WITHOUT_KEY, "8d3f2c1e-0000-4000-8000-000000000002");

        assertThat(second.path("id")).isNotEqualTo(first.path("id"));
        assertThat(gateway.core.provider.submissions()).hasSize(2);
    }

    @Test
    void aKeyOfTheCallersOwnGoesBeforeIt() {
        var first = start(WITH_KEY, "8d3f2c1e-0000-4000-8000-000000000001");
        var second = start(WITH_KEY, "8d3f2c1e-0000-4000-8000-000000000002");

        assertThat(second.path("id")).isEqualTo(first.path("id"));
        gateway.checkOneRowAndOnePaidCall();
    }

    @Test
    void theResultsAddressIsTheConfiguredOne() {
        var configured = new FuzzedGateway(new CallbackUrl(Optional.of(URI.create("https://images.example.com/"))));

        var started = configured.start.handleRequest(Fuzz.object(WITHOUT_KEY), new FakeContext(10_000));
        var ended = configured.poll.handleRequest(
                Fuzz.object("{\"id\": \"%s\"}".formatted(started.path("id").asText())), new FakeContext(10_000));

        var address = "https://images.example.com/api/v3/predictions/%s/result"
                .formatted(started.path("id").asText());
        assertThat(started.at("/urls/get").asText()).isEqualTo(address);
        assertThat(ended.at("/urls/get").asText()).isEqualTo(address);
    }

    private JsonNode start(String event, String requestId) {
        return gateway.start.handleRequest(Fuzz.object(event), new FakeContext(10_000, requestId));
    }
}
