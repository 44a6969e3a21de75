package dev.darkroom.operator;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.delivery.Redeliver;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.store.OwnerIndex.Entry;
import dev.darkroom.core.store.OwnerIndex.Span;
import dev.darkroom.core.webhook.Delivery;
import dev.darkroom.core.webhook.DeliveryAttempt;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The webhooks of generations and their last attempts, a line for each. No line has an address, which may be secret. */
final class DeliveryLines {

    /** The newest generations of an owner that are looked at. */
    private static final int MAX_ROWS = 100;

    private final OwnerIndex index;

    DeliveryLines(OwnerIndex index) {
        this.index = index;
    }

    /** Of the owner's newest generations, the newest first. */
    List<String> of(Owner owner) {
        return lines(index.entries(owner, Span.ALL, Optional.empty(), MAX_ROWS).stream()
                .map(Entry::id)
                .toList());
    }

    /** Of one generation. */
    List<String> of(GenerationId id) {
        return lines(List.of(id));
    }

    private List<String> lines(List<GenerationId> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        return index.rows(ids).readable().stream()
                .sorted(Comparator.comparing(Generation::createdAt).reversed())
                .flatMap(row -> Redeliver.deliveries(row).stream().flatMap(delivery -> lines(row, delivery)))
                .toList();
    }

    private static Stream<String> lines(Generation row, Delivery delivery) {
        var begin = "%s  %s  %-9s"
                .formatted(
                        row.id(),
                        delivery.target().destination().label(),
                        delivery.outcome().title());
        return delivery.attempts().isEmpty()
                ? Stream.of(begin + "  no attempt yet")
                : delivery.attempts().stream().map(attempt -> begin + "  " + line(attempt));
    }

    private static String line(DeliveryAttempt attempt) {
        return "%s  %s  %d ms"
                .formatted(
                        attempt.at(),
                        attempt.status() > 0 ? "HTTP " + attempt.status() : attempt.reason(),
                        attempt.took().toMillis());
    }
}
