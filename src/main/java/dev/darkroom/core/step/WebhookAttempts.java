package dev.darkroom.core.step;

import dev.darkroom.core.followup.FollowUpResult;
import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.FollowUp.DeliverWebhook;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.GenerationListener;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.Delivery.Outcome;
import dev.darkroom.core.webhook.DeliveryAttempt;
import dev.darkroom.core.webhook.DeliveryLog;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What attempts of a row's webhooks have changed.
 *
 * @param changed the deliveries that were attempted or given up, as they are now
 * @param again what the row owes after the last of them; empty when nothing
 * @param event what the row records because of the last of them
 */
record WebhookAttempts(
        GenerationId row, DeliveryLog log, List<Delivery> changed, Optional<FollowUp> again, Optional<Event> event) {

    static WebhookAttempts of(Generation ended) {
        return new WebhookAttempts(ended.id(), ended.deliveries(), List.of(), Optional.empty(), Optional.empty());
    }

    /** After the time of these follow-ups; those that are no webhooks are passed over. */
    static WebhookAttempts abandoned(Generation ended, List<FollowUp> over) {
        var attempts = of(ended);
        for (var followUp : over) {
            if (followUp.action() instanceof DeliverWebhook owed) {
                var log = attempts.log.with(owed.webhook(), Outcome.GIVEN_UP);
                attempts = attempts.changed(log, owed, Optional.empty(), Event.FOLLOW_UP_ABANDONED);
            }
        }
        return attempts;
    }

    /** After one more attempt of a webhook. */
    WebhookAttempts with(FollowUp followUp, FollowUpResult result, Instant now) {
        if (!(followUp.action() instanceof DeliverWebhook owed)) {
            throw new IllegalArgumentException("only a webhook is delivered");
        }
        return switch (result) {
            case FollowUpResult.Delivered(var attempt) ->
                changed(
                        log.with(owed.webhook(), attempt, Outcome.DELIVERED),
                        owed,
                        Optional.empty(),
                        Event.FOLLOW_UP_DONE);
            case FollowUpResult.NotDelivered(var attempt, var notBefore, var forGood) ->
                forGood || followUp.isLastAttempt()
                        ? over(owed, attempt, Outcome.GIVEN_UP)
                        : failed(owed, attempt, next(followUp, notBefore, now), followUp.attempts() == 0);
            case FollowUpResult.Withdrawn(var attempt) -> over(owed, attempt, Outcome.WITHDRAWN);
            case FollowUpResult.Done _,
                    FollowUpResult.ImageCopied _,
                    FollowUpResult.TryAgain _,
                    FollowUpResult.NoRoom _,
                    FollowUpResult.Outgrown _ -> throw new IllegalArgumentException("nothing was sent");
        };
    }

    private static FollowUp next(FollowUp followUp, Optional<Instant> notBefore, Instant now) {
        var again = followUp.failed(now);
        return notBefore.map(again::notBefore).orElse(again);
    }

    private WebhookAttempts over(DeliverWebhook owed, DeliveryAttempt attempt, Outcome outcome) {
        return changed(log.with(owed.webhook(), attempt, outcome), owed, Optional.empty(), Event.FOLLOW_UP_ABANDONED);
    }

    private WebhookAttempts failed(DeliverWebhook owed, DeliveryAttempt attempt, FollowUp next, boolean isFirst) {
        var known = log.with(owed.webhook(), attempt, Outcome.PENDING);
        return isFirst
                ? changed(known, owed, Optional.of(next), Event.FOLLOW_UP_FAILED)
                : new WebhookAttempts(row, known, changedBy(known, owed), Optional.of(next), Optional.empty());
    }

    private WebhookAttempts changed(DeliveryLog known, DeliverWebhook owed, Optional<FollowUp> next, Event happened) {
        return new WebhookAttempts(row, known, changedBy(known, owed), next, Optional.of(happened));
    }

    private List<Delivery> changedBy(DeliveryLog known, DeliverWebhook owed) {
        var all = new ArrayList<>(changed);
        known.of(owed.webhook()).ifPresent(all::add);
        return all;
    }

    /** The same version of the row, with what is known now. */
    Generation on(Generation left) {
        return changed.isEmpty() ? left : left.with(log);
    }

    void reportTo(GenerationListener listener) {
        changed.forEach(delivery -> listener.webhookAttempted(row, delivery));
    }
}
