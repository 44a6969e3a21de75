package dev.darkroom.http.delivery;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.webhook.WebhookEvent;
import dev.darkroom.http.CostView;
import dev.darkroom.http.ImageLinks;
import dev.darkroom.http.PublicUrl;
import java.time.Instant;
import java.util.Locale;

/** What webhooks of the standard form and events say about a generation that has ended. */
final class FinishedData {

    private FinishedData() {}

    static ObjectNode of(Generation ended, PublicUrl address) {
        var data = JsonNodeFactory.instance
                .objectNode()
                .put("id", ended.id().value())
                .put("model", ended.request().model().value())
                .put("status", event(ended).title())
                .put("created_at", ended.createdAt().toString())
                .put("finished_at", finishedAt(ended).toString());
        var images = data.putArray("images");
        ImageLinks.of(ended, address).stream()
                .filter(link -> !hasBytes(link))
                .forEach(link -> images.addObject().put("url", link));
        data.put("image_count", ImageLinks.outputs(ended).size());
        ended.failure()
                .ifPresent(failure ->
                        data.putObject("error").put("code", failure.code()).put("message", failure.text()));
        if (!ended.request().metadata().pairs().isEmpty()) {
            var metadata = data.putObject("metadata");
            ended.request().metadata().pairs().forEach(metadata::put);
        }
        var cost = CostView.of(ended);
        if (cost != null) {
            data.putObject("cost")
                    .put("currency", cost.currency())
                    .put("amount", cost.amount())
                    .put("state", cost.state());
        }
        return data;
    }

    /** Whether the link is an image itself, of which a message has none. */
    static boolean hasBytes(String link) {
        return link.startsWith("data:");
    }

    static Instant finishedAt(Generation ended) {
        return ended.state().endedAt().orElse(ended.createdAt());
    }

    static WebhookEvent event(Generation ended) {
        return WebhookEvent.parse(ended.state().status().name().toLowerCase(Locale.ROOT))
                .orElseThrow(() -> new IllegalArgumentException("the generation has not ended"));
    }
}
