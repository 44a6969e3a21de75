package dev.darkroom.core.delivery;

import dev.darkroom.core.account.Caller;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.store.OwnerIndex.Entry;
import dev.darkroom.core.store.OwnerIndex.Span;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.EndpointId;
import dev.darkroom.core.webhook.WebhookTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The deliveries of a standing endpoint. They are found among the generations of its owner, newest first, so that they
 * cost no write of their own. A request reads 500 generations at most, and delivers 50 again.
 */
public final class EndpointDeliveries {

    private static final int MAX_ROWS = 500;
    private static final int BATCH = 100;

    /** Each is a write and a trigger, and a request has 10 s. */
    private static final int MAX_AGAIN = 50;

    /** A generation ends a day after its request at the latest, or two. */
    private static final Duration LONGEST = Duration.ofDays(2);

    private final OwnerIndex index;
    private final Redeliver redeliver;

    public EndpointDeliveries(OwnerIndex index, Redeliver redeliver) {
        this.index = index;
        this.redeliver = redeliver;
    }

    /** A delivery, and its generation. */
    public record Found(Generation row, Delivery delivery) {}

    /**
     * What one request has found.
     *
     * @param next up to which time the next request has to look; empty when everything was read
     */
    public record Page(List<Found> found, Optional<Instant> next) {
        public Page {
            found = List.copyOf(found);
        }
    }

    /** The deliveries of generations that have ended since {@code since} and were requested until {@code until}. */
    public Page list(Caller caller, EndpointId endpoint, Instant since, Instant until) {
        var span = new Span(since.minus(LONGEST), until);
        var entries = index.entries(caller.owner(), span, Optional.empty(), MAX_ROWS);
        var found = new ArrayList<Found>();
        for (int at = 0; at < entries.size(); at += BATCH) {
            var ids = entries.subList(at, Math.min(entries.size(), at + BATCH)).stream()
                    .map(Entry::id)
                    .toList();
            for (var row : index.rows(ids).readable()) {
                if (isOf(row, caller) && isEndedSince(row, since)) {
                    of(row, endpoint).ifPresent(delivery -> found.add(new Found(row, delivery)));
                }
            }
        }
        found.sort(Comparator.comparing((Found one) -> one.row().createdAt()).reversed());
        return new Page(
                found,
                entries.size() < MAX_ROWS
                        ? Optional.empty()
                        : Optional.of(entries.getLast().createdAt()));
    }

    /**
     * Delivers again what was given up or withdrawn, {@link #MAX_AGAIN} at most. Returns the page with the deliveries
     * that are owed again.
     */
    public Page redeliver(Caller caller, EndpointId endpoint, Instant since, Instant until) {
        var page = list(caller, endpoint, since, until);
        var over = page.found().stream()
                .filter(one -> one.delivery().outcome().isOver())
                .toList();
        var again = over.stream()
                .limit(MAX_AGAIN)
                .flatMap(one -> {
                    var row = redeliver.redeliver(one.row(), one.delivery().target());
                    return of(row, endpoint).map(delivery -> new Found(row, delivery)).stream();
                })
                .toList();
        return new Page(
                again,
                over.size() > MAX_AGAIN ? Optional.of(over.get(MAX_AGAIN).row().createdAt()) : page.next());
    }

    private static boolean isOf(Generation row, Caller caller) {
        return caller.key().equals(row.request().key()) && !row.isDeleted();
    }

    private static boolean isEndedSince(Generation row, Instant since) {
        return row.state().endedAt().filter(end -> !end.isBefore(since)).isPresent();
    }

    private static Optional<Delivery> of(Generation row, EndpointId endpoint) {
        return Redeliver.deliveries(row).stream()
                .filter(delivery -> delivery.target().destination() instanceof WebhookTarget.Endpoint(var id)
                        && id.equals(endpoint))
                .findFirst();
    }
}
