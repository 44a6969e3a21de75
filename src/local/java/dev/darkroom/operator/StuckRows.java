package dev.darkroom.operator;

import dev.darkroom.application.GenerationStore;
import dev.darkroom.domain.Budget;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.State;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rows that may need a person, and what a person can do with one. */
final class StuckRows {

    private static final Duration OVERDUE = Duration.ofMinutes(5);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Failure BY_OPERATOR = new Failure(
            "failed_by_operator", "an operator of this gateway ended it; whether it was billed is not known");

    private final GenerationStore store;
    private final InstantSource clock;

    StuckRows(GenerationStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** One line each, the oldest first. */
    List<String> lines(Stream<GenerationId> pending) {
        var now = clock.instant();
        return pending.flatMap(id -> store.find(id).stream())
                .sorted(Comparator.comparing(Generation::createdAt))
                .flatMap(row -> reason(row, now).map(reason -> line(row, reason, now)).stream())
                .toList();
    }

    private static String line(Generation row, String reason, Instant now) {
        var age = Duration.between(row.createdAt(), now);
        return "%s  %-11s  %3d h %02d min  %s  %s"
                .formatted(
                        row.id(),
                        row.state().status(),
                        age.toHours(),
                        age.toMinutesPart(),
                        row.caller().owner(),
                        reason);
    }

    /** Why a person should look at it; empty when nobody has to. */
    private static Optional<String> reason(Generation row, Instant now) {
        if (row.dueAt() != null && row.dueAt().plus(OVERDUE).isBefore(now)) {
            return Optional.of("is due since %s and nobody advances it".formatted(row.dueAt()));
        }
        return switch (row.state()) {
            case State.Accepted(var turn)
            when row.createdAt().plus(LONG).isBefore(now) -> Optional.of("waits for its turn (%d)".formatted(turn));
            case State.Unconfirmed unconfirmed ->
                Optional.of("the outcome of the paid call of %s is unknown; searched for until %s"
                        .formatted(unconfirmed.sentAt(), unconfirmed.giveUpAt()));
            case State.Processing processing
            when processing.submittedAt().plus(LONG).isBefore(now) ->
                Optional.of(
                        "prediction %s runs since %s".formatted(processing.predictionId(), processing.submittedAt()));
            case State.Completed _, State.Failed _ ->
                Optional.of("ended, but %d workflow tasks could not be told"
                        .formatted(row.caller().waitingTasks().size()));
            case State.Accepted _, State.Submitting _, State.Processing _ -> Optional.empty();
        };
    }

    /** Lets it be submitted once more, though the first submission may have been paid for; false when it is not unconfirmed. */
    boolean resubmit(GenerationId id) {
        return change(
                id,
                row -> row.state() instanceof State.Unconfirmed
                        ? Optional.of(row.queued(Budget.FIRST_TURN))
                        : Optional.empty());
    }

    /** Ends it as failed; false when it has ended already. */
    boolean fail(GenerationId id) {
        return change(
                id,
                row -> row.state().status().isTerminal()
                        ? Optional.empty()
                        : Optional.of(row.failed(BY_OPERATOR, clock.instant())));
    }

    private boolean change(GenerationId id, Function<Generation, Optional<Generation>> change) {
        return store.find(id)
                .flatMap(change)
                .map(next -> store.update(next) instanceof GenerationStore.Update.Written)
                .orElse(false);
    }
}
