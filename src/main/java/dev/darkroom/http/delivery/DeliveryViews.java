package dev.darkroom.http.delivery;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.core.delivery.DeliverWebhookStep;
import dev.darkroom.core.delivery.Redeliver;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.WebhookEndpoint;
import dev.darkroom.core.webhook.WebhookEvent;
import dev.darkroom.core.webhook.WebhookTarget;
import java.time.Instant;

/** Deliveries and endpoints as their owner sees them. */
final class DeliveryViews {

    private DeliveryViews() {}

    static ObjectNode deliveries(Generation row) {
        var view = JsonNodeFactory.instance.objectNode().put("object", "list");
        var data = view.putArray("data");
        Redeliver.deliveries(row).forEach(delivery -> write(row, delivery, data.addObject()));
        return view;
    }

    static void write(Generation row, Delivery delivery, ObjectNode view) {
        view.put("id", DeliverWebhookStep.id(row, delivery.target()))
                .put("generation", row.id().value())
                .put("form", delivery.target().form().title());
        switch (delivery.target().destination()) {
            case WebhookTarget.Address(var url) -> view.put("url", url.toString());
            case WebhookTarget.Endpoint(var id) -> view.put("endpoint", id.value());
        }
        view.put("status", delivery.outcome().title());
        row.followUps().stream()
                .filter(followUp -> followUp.action().equals(new DeliverWebhook(delivery.target()))
                        && row.state().status().isTerminal())
                .map(FollowUp::nextAt)
                .map(Instant::toString)
                .findFirst()
                .ifPresent(next -> view.put("next_attempt_at", next));
        var attempts = view.putArray("attempts");
        delivery.attempts().forEach(attempt -> {
            var one = attempts.addObject()
                    .put("at", attempt.at().toString())
                    .put("milliseconds", attempt.took().toMillis());
            if (attempt.status() > 0) {
                one.put("http_status", attempt.status());
            }
            if (!attempt.reason().isEmpty()) {
                one.put("reason", attempt.reason());
            }
        });
    }

    static ObjectNode endpoint(WebhookEndpoint endpoint) {
        var view = JsonNodeFactory.instance
                .objectNode()
                .put("id", endpoint.id().value())
                .put("url", endpoint.url().toString());
        events(endpoint, view.putArray("events"));
        view.put("created_at", endpoint.createdAt().toString()).put("enabled", endpoint.isEnabled());
        endpoint.disabled()
                .ifPresent(how -> view.put("disabled_at", how.at().toString())
                        .put("disabled_by", how.byReceiver() ? "receiver" : "owner"));
        return view;
    }

    /** With its secrets, for the answers that tell them. */
    static ObjectNode withSecret(WebhookEndpoint endpoint) {
        var view = endpoint(endpoint).put("secret", endpoint.secrets().current().value());
        endpoint.secrets()
                .previous()
                .ifPresent(old -> view.put("previous_secret_until", old.until().toString()));
        return view;
    }

    private static void events(WebhookEndpoint endpoint, ArrayNode names) {
        endpoint.events().stream().sorted().map(WebhookEvent::title).forEach(names::add);
    }
}
