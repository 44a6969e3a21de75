package dev.darkroom.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.darkroom.errors.InvalidEventException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The events that keep functions active ({@code infra/resources/keep-active.yml}) have no other effect and raise no
 * alarm.
 */
class KeepActiveTest {

    @RegisterExtension
    final MetricLines metrics = new MetricLines();

    private final FuzzedGateway gateway = new FuzzedGateway();

    @AfterEach
    void checkNothingHappened() {
        gateway.checkNothingHappened();
        assertThat(metrics.names()).isEmpty();
    }

    @Test
    void submitGenerationRefusesAndReadsNothing() throws IOException {
        gateway.keys.setUnavailable(true);

        assertThat(status(gateway.submit.handleRequest(event("KeepSubmitGenerationActive"), context())))
                .isEqualTo(401);
    }

    @Test
    void getGenerationRefusesAndReadsNothing() throws IOException {
        gateway.keys.setUnavailable(true);

        assertThat(status(gateway.get.handleRequest(event("KeepGetGenerationActive"), context())))
                .isEqualTo(401);
    }

    @Test
    void manageGenerationsRefusesAndReadsNothing() throws IOException {
        gateway.keys.setUnavailable(true);

        assertThat(status(gateway.manage.handleRequest(event("KeepManageGenerationsActive"), context())))
                .isEqualTo(401);
    }

    @Test
    void getImageFindsNothing() throws IOException {
        assertThat(status(gateway.image.handleRequest(event("KeepGetImageActive"), context())))
                .isEqualTo(404);
    }

    @Test
    void receiveWebhookFindsNothing() throws IOException {
        assertThat(status(gateway.webhook.handleRequest(event("KeepReceiveWebhookActive"), context())))
                .isEqualTo(404);
    }

    @Test
    void startGenerationRefuses() throws IOException {
        var event = event("KeepStartGenerationActive");

        assertThatThrownBy(() -> gateway.start.handleRequest(event, context()))
                .isInstanceOf(InvalidEventException.class)
                .hasMessageStartingWith("model is required");
    }

    @Test
    void pollFewGenerationsFindsNothingDue() throws IOException {
        var report = gateway.poll.handleRequest(event("KeepPollFewGenerationsActive"), new FakeContext(300_000));

        assertThat(report.path("steps").asInt(-1)).isZero();
        assertThat(report.path("failures").asInt(-1)).isZero();
    }

    private static FakeContext context() {
        return new FakeContext(10_000);
    }

    private static int status(JsonNode answer) {
        return answer.path("statusCode").asInt();
    }

    private static JsonNode event(String schedule) throws IOException {
        var declared = new YAMLMapper()
                .readTree(Path.of("infra/resources/keep-active.yml").toFile())
                .path("Resources")
                .path(schedule)
                .at("/Properties/Target/Input");
        return new JsonMapper().readTree(declared.asText());
    }
}
