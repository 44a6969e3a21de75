package dev.darkroom.core.delivery;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.Delivery.Outcome;
import dev.darkroom.core.webhook.WebhookTarget;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/** Reads what became of the webhooks of generations, and delivers them once more. */
public final class Redeliver {

    private final GenerationContext context;

    public Redeliver(GenerationContext context) {
        this.context = context;
    }

    /** The deliveries of a row, with those that were not attempted yet. */
    public static List<Delivery> deliveries(Generation row) {
        var all = new LinkedHashMap<WebhookTarget, Delivery>();
        row.deliveries().deliveries().forEach(delivery -> all.put(delivery.target(), delivery));
        for (var target : row.pendingWebhooks()) {
            var known = row.deliveries().of(target).map(Delivery::attempts).orElse(List.of());
            all.put(target, new Delivery(target, Outcome.PENDING, known));
        }
        return new ArrayList<>(all.values());
    }

    /** The generation of the owner; empty when there is none. */
    public Optional<Generation> find(GenerationId id, Owner owner) {
        return context.store().find(id).filter(row -> row.owner().equals(owner) && !row.isDeleted() && !row.isCopy());
    }

    /**
     * Owes the webhook again, with a schedule that begins now. A webhook that is still owed is attempted now.
     *
     * @return the row afterwards; as it was when it has not ended, is deleted, or does not have such a webhook
     */
    public Generation redeliver(Generation row, WebhookTarget target) {
        var action = new DeliverWebhook(target);
        var current = row;
        while (current.state().status().isTerminal()
                && !current.isDeleted()
                && (current.owes(action) || current.hasAttempted(action))) {
            var next = current.owingAnew(action, context.now());
            var stored = context.writeQuietly(next);
            if (stored.equals(next)) {
                context.trigger().triggerFor(next);
                return next;
            }
            current = stored;
        }
        return current;
    }
}
