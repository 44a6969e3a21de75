package dev.darkroom.operator;

import dev.darkroom.application.GenerationStore;
import dev.darkroom.application.UnreadableRowException;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.NextStep;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Rows that need a person, and what a person can do with one. Nothing else is touched. */
final class StuckRows {

    private static final Duration OVERDUE = Duration.ofMinutes(5);

    /** What takes longer does not end by itself soon: by then the provider has shown what it has. */
    private static final Duration LONG = Duration.ofMinutes(10);

    private static final Duration VERY_LONG = Duration.ofHours(1);
    private static final String BY_OPERATOR = "failed_by_operator";
    private static final Failure WHILE_IT_WAITED =
            new Failure(BY_OPERATOR, "an operator of this gateway ended it while it waited to be submitted");
    private static final Failure AFTER_IT_WAS_SENT =
            new Failure(BY_OPERATOR, "an operator of this gateway ended it; whether it was billed is not known");

    private final GenerationStore store;
    private final InstantSource clock;

    StuckRows(GenerationStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /** One line each, the oldest first: id, status, age, what is to be done next, whose it is, and what is wrong. */
    List<String> lines(Stream<String> pending) {
        var now = clock.instant();
        var rows = new ArrayList<Generation>();
        var unreadable = new ArrayList<String>();
        pending.distinct().forEach(key -> {
            var id = GenerationId.parse(key);
            if (id.isEmpty()) {
                unreadable.add("%s  is in the index and is not the id of a generation".formatted(key));
                return;
            }
            try {
                store.find(id.get()).ifPresent(rows::add);
            } catch (UnreadableRowException e) {
                unreadable.add("%s  cannot be read: %s".formatted(key, reason(e)));
            }
        });
        return Stream.concat(
                        unreadable.stream(),
                        rows.stream()
                                .sorted(Comparator.comparing(Generation::createdAt))
                                .flatMap(row -> problem(row, now).map(problem -> line(row, problem, now)).stream()))
                .toList();
    }

    private static String line(Generation row, String problem, Instant now) {
        var age = Duration.between(row.createdAt(), now);
        return "%s  %-11s  %3d h %02d min  %-11s  %s  %s"
                .formatted(
                        row.id(),
                        row.state().status(),
                        age.toHours(),
                        age.toMinutesPart(),
                        step(row, now),
                        row.caller().owner(),
                        problem);
    }

    private static String step(Generation row, Instant now) {
        return switch (NextStep.of(row, Timeouts.DEFAULTS, now)) {
            case NextStep.AwaitDequeue _ -> "submit";
            case NextStep.ExpireClaim _ -> "expire claim";
            case NextStep.Reconcile _ -> "search";
            case NextStep.Poll _ -> "poll";
            case NextStep.Fail _ -> "fail";
            case NextStep.NotifyTasks _ -> "notify task";
            case NextStep.AbandonTasks _ -> "drop task";
            case NextStep.Wait _ -> "wait";
            case NextStep.None _ -> "none";
        };
    }

    /** Why a person should look at it; empty when nobody has to. What a search or a poll was answered last no row keeps. */
    private static Optional<String> problem(Generation row, Instant now) {
        var dueAt = row.dueAt();
        var problem = problem(row.state(), row.createdAt(), now);
        return dueAt != null && dueAt.plus(OVERDUE).isBefore(now)
                ? Optional.of("is due since %s and nobody advances it%s"
                        .formatted(dueAt, problem.map("; "::concat).orElse("")))
                : problem;
    }

    private static Optional<String> problem(State state, Instant createdAt, Instant now) {
        return switch (state) {
            case State.Queued(var _, var refusal, var _) ->
                Optional.of("is queued since %s%s"
                                .formatted(
                                        createdAt,
                                        refusal == null
                                                ? ": the rate limit is small, or the provider refuses others"
                                                : "; the provider refused it: " + refusal.reason()))
                        .filter(_ -> createdAt.plus(VERY_LONG).isBefore(now));
            case State.Unconfirmed(var attempt, var reason) ->
                Optional.of("sent at %s, no outcome (%s), and no prediction found yet"
                                .formatted(attempt.sentAt(), reason))
                        .filter(_ -> isLongAgo(attempt.sentAt(), now));
            case State.Processing(var prediction, var submittedAt, var _) ->
                Optional.of("prediction %s runs since %s".formatted(prediction, submittedAt))
                        .filter(_ -> isLongAgo(submittedAt, now));
            case State.Completed(var _, var _, var _, var finishedAt) ->
                Optional.of("completed at %s, but a workflow's task could not be told".formatted(finishedAt))
                        .filter(_ -> isLongAgo(finishedAt, now));
            case State.Failed(var _, var failure, var finishedAt) ->
                Optional.of("failed at %s with %s, but a workflow's task could not be told"
                                .formatted(finishedAt, failure.code()))
                        .filter(_ -> isLongAgo(finishedAt, now));
            case State.Submitting _ -> Optional.empty();
        };
    }

    private static boolean isLongAgo(Instant time, Instant now) {
        return time.plus(LONG).isBefore(now);
    }

    private static String reason(UnreadableRowException e) {
        return String.valueOf(
                e.getCause() == null ? e.getMessage() : e.getCause().getMessage());
    }

    boolean exists(GenerationId id) {
        return store.find(id).isPresent();
    }

    /**
     * Lets it be submitted once more, though the first submission may have been paid for; false when it is not unconfirmed,
     * or not for so long that it may still be found, or somebody else was first.
     */
    boolean resubmit(GenerationId id) {
        return change(
                id,
                row -> row.state() instanceof State.Unconfirmed(var attempt, var _)
                                && isLongAgo(attempt.sentAt(), clock.instant())
                        ? Optional.of(row.queued(State.Queued.again(attempt)))
                        : Optional.empty());
    }

    /** Ends it as failed; false when it needs no person, or has ended already, or somebody else was first. */
    boolean fail(GenerationId id) {
        var now = clock.instant();
        return change(
                id,
                row -> row.state().status().isTerminal() || problem(row, now).isEmpty()
                        ? Optional.empty()
                        : Optional.of(row.failed(row.isInFlight() ? AFTER_IT_WAS_SENT : WHILE_IT_WAITED, now)));
    }

    private boolean change(GenerationId id, Function<Generation, Optional<Generation>> change) {
        return store.find(id)
                .flatMap(change)
                .map(next -> store.update(next) instanceof GenerationStore.Update.Written)
                .orElse(false);
    }
}
