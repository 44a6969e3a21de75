package dev.darkroom.http.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.delivery.WebhookBodies;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.http.GatewayAddress;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Writes the bodies of webhooks. They have the links of images and never their bytes. A body that would be too large has
 * no input, or no links either. Its receiver can read both at the gateway.
 */
public final class WebhookBodyWriter implements WebhookBodies {

    /** What Standard Webhooks allows is 20 kB. */
    private static final int MAX_BYTES = 20_000;

    private static final String INPUT = "input";
    private static final String OUTPUTS = "outputs";

    private static final JsonMapper MAPPER = new JsonMapper();

    private final GenerationViews views;
    private final GatewayAddress gateway;

    public WebhookBodyWriter(GenerationViews views, GatewayAddress gateway) {
        this.views = views;
        this.gateway = gateway;
    }

    @Override
    public String of(WebhookForm form, Generation ended) {
        var body = switch (form) {
            case STANDARD -> envelope(ended);
            case PROVIDER -> withoutBytes((ObjectNode) views.json(ended, Optional.empty()));
        };
        var data = form == WebhookForm.STANDARD ? body.withObject("/data") : body;
        input(ended).ifPresent(input -> data.set(INPUT, input));
        var text = body.toString();
        if (isTooLarge(text)) {
            data.remove(INPUT);
            text = body.toString();
        }
        if (isTooLarge(text)) {
            data.putArray(form == WebhookForm.STANDARD ? "images" : OUTPUTS);
            text = body.toString();
        }
        return text;
    }

    private static boolean isTooLarge(String body) {
        return body.getBytes(StandardCharsets.UTF_8).length >= MAX_BYTES;
    }

    private static ObjectNode withoutBytes(ObjectNode body) {
        body.withArray(OUTPUTS).removeIf(output -> FinishedData.hasBytes(output.asText()));
        return body;
    }

    private ObjectNode envelope(Generation ended) {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("type", FinishedData.event(ended).type())
                .put("timestamp", FinishedData.finishedAt(ended).toString());
        body.set("data", FinishedData.of(ended, gateway.withoutRequest()));
        return body;
    }

    private static Optional<JsonNode> input(Generation ended) {
        try {
            var input = MAPPER.readTree(ended.request().input());
            return input.isObject() ? Optional.of(input) : Optional.empty();
        } catch (JsonProcessingException _) {
            return Optional.empty();
        }
    }
}
