package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.State;
import dev.darkroom.domain.SubmissionGate.Demand;
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

/** The rows of the queue that a sweep knows, and which of them is next. */
final class WaitingRows {

    /** What was enqueued before is in the index by then, should it be late. */
    private static final Duration INDEX_LAG = Duration.ofSeconds(1);

    private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);

    private final Map<GenerationId, Waiting> rows = new LinkedHashMap<>();
    private final Map<Owner, Long> submittedRounds = new HashMap<>();

    /** By upstream path: models whose circuit was found open, and has not been seen closed since. */
    private final Map<String, Instant> openUntil = new HashMap<>();

    /** {@code row} is null when it has to be read again, because its input is too long to be held. */
    record Waiting(
            GenerationId id,
            Instant createdAt,
            State.Queued queued,
            Demand demand,
            @Nullable Generation row) {

        /** A row that was refused is tried again after as long as it has been refused for. */
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

    /** The circuit of a model that has refused a row is open for all that is known. */
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

    /** The row that is submitted next, if one may be. */
    Optional<Waiting> next(Instant now) {
        var probes = freshModels();
        return rows.values().stream()
                .filter(row -> !readyAt(row, probes).isAfter(now))
                .min(Comparator.comparingLong((Waiting row) -> row.queued().round())
                        .thenComparing(Waiting::createdAt))
                .filter(row -> !settledAt(row).isAfter(now));
    }

    /** When the answer of {@link #next} may be another one. */
    Instant nextAt(Instant now) {
        var probes = freshModels();
        return rows.values().stream()
                .map(row -> later(readyAt(row, probes), settledAt(row)))
                .filter(at -> at.isAfter(now))
                .min(Comparator.naturalOrder())
                .orElse(Instant.MAX);
    }

    void submitted(Waiting row) {
        rows.remove(row.id());
        submittedRounds.merge(row.demand().owner(), row.queued().round(), Math::max);
    }

    /** The probe of an open circuit is not a row that was refused before, while another one waits. */
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

    /** By then no earlier request of the same owner can be missing in the index. */
    private Instant settledAt(Waiting row) {
        var last = submittedRounds.get(row.demand().owner());
        boolean nextOfItsOwner = last != null && row.queued().round() <= last + 1;
        return nextOfItsOwner ? Instant.MIN : row.createdAt().plus(INDEX_LAG);
    }

    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
