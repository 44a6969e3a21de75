package dev.darkroom.core.webhook;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What became of a webhook of a generation.
 *
 * @param attempts the last ones, in their order
 */
public record Delivery(WebhookTarget target, Outcome outcome, List<DeliveryAttempt> attempts) {

    /** How many attempts are kept: all of the schedule, and some of redeliveries. */
    public static final int MAX_ATTEMPTS = 12;

    /** The names are stored, so they never change. */
    public enum Outcome {
        PENDING,
        DELIVERED,
        /** Its attempts have failed. */
        GIVEN_UP,
        /** Its endpoint was deleted or disabled before it was delivered. */
        WITHDRAWN;

        /** Whether nobody was told, and nobody will be. */
        public boolean isOver() {
            return this == GIVEN_UP || this == WITHDRAWN;
        }

        /** As it is stored and shown. */
        public String title() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public Delivery {
        attempts = List.copyOf(attempts);
    }

    Delivery with(DeliveryAttempt attempt, Outcome following) {
        var all = new ArrayList<>(attempts);
        all.add(attempt);
        return new Delivery(target, following, all.subList(Math.max(0, all.size() - MAX_ATTEMPTS), all.size()));
    }

    Delivery ended(Outcome following) {
        return new Delivery(target, following, attempts);
    }
}
