package dev.darkroom.core.queue;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The queued rows that a sweep knows, and the choice of the next one. */
final class WaitingRows {

    /** How late the index may show a row that was enqueued. */
    private static final Duration INDEX_LAG = Duration.ofSeconds(1);

    private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);

    private final Map<GenerationId, Waiting> rows = new LinkedHashMap<>();
    private final Map<Owner, Long> submittedRounds = new HashMap<>();

    /** By upstream path: models whose circuit was open when the sweep last saw it. */
    private final Map<String, Instant> openUntil = new HashMap<>();

    /** {@code row} is null when it has to be read again, because its input is too long to be kept in memory. */
    record Waiting(
            GenerationId id,
            Instant createdAt,
            State.Queued queued,
            Demand demand,
            @Nullable Generation row) {

        /** A refused row is retried after as long a time as it has been refused for. */
        private Instant retryAt() {
            var refusal = queued.refusal();
            if (refusal == null) {
                return Instant.MIN;
            }
            var refusedFor = Duration.between(refusal.since(), refusal.lastAt());
            var longEnough = refusedFor.compareTo(MIN_BACKOFF) < 0 ? MIN_BACKOFF : refusedFor;
            return refusal.lastAt().plus(longEnough.compareTo(MAX_BACKOFF) > 0 ? MAX_BACKOFF : longEnough);
        }
    }

    /** Adds a row. If the provider has refused it, its model's circuit counts as open until it is seen closed. */
    void add(Waiting row) {
        rows.put(row.id(), row);
        if (row.queued().refusal() != null) {
            openUntil.putIfAbsent(row.demand().upstreamPath(), Instant.MIN);
        }
    }

    boolean contains(GenerationId id) {
        return rows.containsKey(id);
    }

    int size() {
        return rows.size();
    }

    /** The last round of each owner. */
    Map<Owner, Long> lastRounds() {
        return rows.values().stream()
                .collect(Collectors.toMap(
                        row -> row.demand().owner(), row -> row.queued().round(), Math::max));
    }

    Optional<Instant> oldest() {
        return rows.values().stream().map(Waiting::createdAt).min(Comparator.naturalOrder());
    }

    /** The model's circuit is open until then. */
    void open(String upstreamPath, Instant until) {
        openUntil.put(upstreamPath, until);
    }

    /** The model's circuit is closed. */
    void close(String upstreamPath) {
        openUntil.remove(upstreamPath);
    }

    /** The row to submit next, if one may be submitted now. */
    Optional<Waiting> next(Instant now) {
        var probes = freshModels();
        return rows.values().stream()
                .filter(row -> !readyAt(row, probes).isAfter(now))
                .min(Comparator.comparingLong((Waiting row) -> row.queued().round())
                        .thenComparing(Waiting::createdAt))
                .filter(row -> !indexedAt(row).isAfter(now));
    }

    /** When {@link #next} may return another row. */
    Instant nextAt(Instant now) {
        var probes = freshModels();
        return rows.values().stream()
                .map(row -> later(readyAt(row, probes), indexedAt(row)))
                .filter(at -> at.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    void submitted(Waiting row) {
        rows.remove(row.id());
        submittedRounds.merge(row.demand().owner(), row.queued().round(), Math::max);
    }

    /** A row that was refused before is not the probe of an open circuit while a row that was not refused waits. */
    private Instant readyAt(Waiting row, Set<String> freshModels) {
        var path = row.demand().upstreamPath();
        boolean refused = row.queued().refusal() != null;
        return refused && openUntil.containsKey(path) && freshModels.contains(path)
                ? Instant.MAX
                : later(row.retryAt(), openUntil.getOrDefault(path, Instant.MIN));
    }

    private Set<String> freshModels() {
        var models = new HashSet<String>();
        for (var row : rows.values()) {
            if (row.queued().refusal() == null) {
                models.add(row.demand().upstreamPath());
            }
        }
        return models;
    }

    /** From then on the index shows every earlier request of the same owner. */
    private Instant indexedAt(Waiting row) {
        var last = submittedRounds.get(row.demand().owner());
        boolean nextOfItsOwner = last != null && row.queued().round() <= last + 1;
        return nextOfItsOwner ? Instant.MIN : row.createdAt().plus(INDEX_LAG);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
