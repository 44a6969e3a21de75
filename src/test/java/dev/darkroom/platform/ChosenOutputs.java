package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.local.provider.WebhookSender;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Ends generations with outputs that a test chooses, by a webhook of the provider. */
final class ChosenOutputs {

    private static final JsonMapper JSON = new JsonMapper();

    private ChosenOutputs() {}

    /**
     * Submits a generation and returns its id when it is completed with the outputs.
     *
     * @param prompt one whose prediction the gateway does not see the end of, whatever it asks
     */
    static String completed(RunningPlatform gateway, String prompt, List<String> outputs) {
        var id = gateway.submitted(prompt);
        // On a busy machine the queue submits it.
        await().ignoreExceptions()
                .untilAsserted(() -> assertThat(gateway.prediction(id)).isNotEmpty());
        var body = JSON.createObjectNode()
                .put("id", gateway.prediction(id))
                .put("status", "completed")
                .set("outputs", JSON.valueToTree(outputs))
                .toString();
        try (var provider = new WebhookSender(InstantSource.system(), WebhookSender.SECRET)) {
            provider.send(URI.create(gateway.url("/webhooks/wavespeed/" + id)), body, Instant.now(), 1);
            var data = gateway.completed(id);
            assertThat(data.getString("data.status")).isEqualTo("completed");
            assertThat(data.getList("data.outputs")).hasSize(outputs.size());
        }
        return id;
    }
}
