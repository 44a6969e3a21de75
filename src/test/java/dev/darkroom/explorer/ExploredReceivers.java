package dev.darkroom.explorer;

import dev.darkroom.core.delivery.WebhookSender;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.webhook.WebhookForm;
import dev.darkroom.core.webhook.WebhookTarget;
import dev.darkroom.core.webhook.WebhookTarget.Address;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Receivers of webhooks, as one process calls them. A call may fail before or after the webhook has arrived. A body is
 * {@link FollowUpLedger#result}.
 */
record ExploredReceivers(World world, SimulatedProcess process, FaultyCalls calls) implements WebhookSender {

    private static final int NEVER_ARRIVED = 1;

    /** The target of webhooks to the receiver with this name. */
    static WebhookTarget target(String name) {
        return target(URI.create("https://receiver.example/" + name));
    }

    private static WebhookTarget target(URI address) {
        return new WebhookTarget(WebhookForm.STANDARD, WebhookTarget.ALL, new Address(address));
    }

    @Override
    public Sent send(URI address, Map<String, String> headers, String body, Duration limit) {
        int outcome = calls.outcome(3);
        var note = "tell " + address.getPath();
        world.note(process, outcome == 0 ? note : outcome == NEVER_ARRIVED ? note + " fails" : note + " seems to fail");
        if (outcome != NEVER_ARRIVED) {
            var id = headers.getOrDefault("webhook-id", "");
            world.followUps.arrived(new DeliverWebhook(target(address)), generation(id), body, id);
        }
        calls.pause();
        return outcome > 0 && world.rules.reportsFailedNotifications()
                ? new Sent.Unanswered("no answer")
                : new Sent.Answered(204, Optional.empty());
    }

    /** The id of a webhook contains that of its generation. */
    private static GenerationId generation(String webhookId) {
        return new GenerationId(webhookId.substring(webhookId.indexOf('_') + 1, webhookId.lastIndexOf('_')));
    }

    @Override
    public Optional<String> problem(URI address) {
        return Optional.empty();
    }
}
