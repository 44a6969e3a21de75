package dev.darkroom.core.webhook;

import dev.darkroom.core.webhook.Delivery.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The deliveries of a generation, one for each target that was attempted. It is part of the row. */
public record DeliveryLog(List<Delivery> deliveries) {

    public static final DeliveryLog EMPTY = new DeliveryLog(List.of());

    /** How many targets are kept; the oldest is dropped. */
    public static final int MAX_DELIVERIES = 10;

    public DeliveryLog {
        deliveries = List.copyOf(deliveries);
    }

    public boolean isEmpty() {
        return deliveries.isEmpty();
    }

    /** What is known of this target. */
    public Optional<Delivery> of(WebhookTarget target) {
        return deliveries.stream().filter(one -> one.target().equals(target)).findFirst();
    }

    /** The log with one more attempt. */
    public DeliveryLog with(WebhookTarget target, DeliveryAttempt attempt, Outcome outcome) {
        return changed(target, delivery -> delivery.with(attempt, outcome));
    }

    /** The log with this outcome, without another attempt. */
    public DeliveryLog with(WebhookTarget target, Outcome outcome) {
        return changed(target, delivery -> delivery.ended(outcome));
    }

    private DeliveryLog changed(WebhookTarget target, UnaryOperator<Delivery> change) {
        var all = new ArrayList<Delivery>();
        boolean known = false;
        for (var delivery : deliveries) {
            boolean same = delivery.target().equals(target);
            known |= same;
            all.add(same ? change.apply(delivery) : delivery);
        }
        if (!known) {
            all.add(change.apply(new Delivery(target, Outcome.PENDING, List.of())));
        }
        return new DeliveryLog(all.subList(Math.max(0, all.size() - MAX_DELIVERIES), all.size()));
    }
}
