package dev.darkroom.operator;

import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.money.Cost;
import dev.darkroom.core.money.Money;
import dev.darkroom.core.step.NextStep;
import dev.darkroom.core.step.Timeouts;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.UnreadableRowException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists the rows that need a person, and resubmits, fails or settles one of them. It changes no other rows. */
final class StuckRows {

    private static final Duration OVERDUE = Duration.ofMinutes(5);

    /** After this time a row will not soon end by itself: the provider would have shown its prediction. */
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

    /** One line for each row, the oldest first: id, status, age, next step, owner and problem. */
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
        var original = row.request().original();
        return "%s  %-11s  %3d h %02d min  %-11s  %s  %s%s"
                .formatted(
                        row.id(),
                        row.state().status(),
                        age.toHours(),
                        age.toMinutesPart(),
                        step(row, now),
                        row.owner(),
                        problem,
                        original == null ? "" : "; copy of " + original);
    }

    private static String step(Generation row, Instant now) {
        return switch (NextStep.of(row, Timeouts.DEFAULTS, now)) {
            case NextStep.AwaitDequeue _ -> "submit";
            case NextStep.ExpireClaim _ -> "expire claim";
            case NextStep.Reconcile _ -> "search";
            case NextStep.Poll _ -> "poll";
            case NextStep.Fail _ -> "fail";
            case NextStep.AttemptFollowUps(var due) -> name(due.getFirst());
            case NextStep.AbandonFollowUps _ -> "abandon";
            case NextStep.Wait _ -> "wait";
            case NextStep.None _ -> "none";
        };
    }

    /** Why the row needs a person; empty when it does not. A row does not store the last answer to a search or poll. */
    private static Optional<String> problem(Generation row, Instant now) {
        var dueAt = row.dueAt();
        var problem = problemOf(row, now);
        return dueAt != null && dueAt.plus(OVERDUE).isBefore(now)
                ? Optional.of("has been due since %s, but no sweep advances it%s"
                        .formatted(dueAt, problem.map("; "::concat).orElse("")))
                : problem;
    }

    private static Optional<String> problemOf(Generation row, Instant now) {
        var createdAt = row.createdAt();
        return switch (row.state()) {
            case State.Queued(var _, var refusal, var _) ->
                Optional.of("has been queued since %s%s"
                                .formatted(
                                        createdAt,
                                        refusal == null
                                                ? ": the rate limit is small, or the provider refuses other requests"
                                                : "; the provider refused it: " + refusal.reason()))
                        .filter(_ -> createdAt.plus(VERY_LONG).isBefore(now));
            case State.Unconfirmed(var attempt, var reason) ->
                Optional.of("sent at %s, no outcome (%s), and no prediction found yet"
                                .formatted(attempt.sentAt(), reason))
                        .filter(_ -> isLongAgo(attempt.sentAt(), now));
            case State.Processing processing ->
                Optional.of("prediction %s has been running since %s"
                                .formatted(processing.predictionId(), processing.submittedAt()))
                        .filter(_ -> isLongAgo(processing.submittedAt(), now));
            case State.Completed(var _, var _, var _, var finishedAt) ->
                undone(row, now).map(undone -> "completed at %s, but not done yet: %s".formatted(finishedAt, undone));
            case State.Failed(var _, var failure, var finishedAt) ->
                undone(row, now)
                        .map(undone -> "failed at %s with %s, but not done yet: %s"
                                .formatted(finishedAt, failure.code(), undone));
            case State.Cancelled(var finishedAt) ->
                undone(row, now).map(undone -> "cancelled at %s, but not done yet: %s".formatted(finishedAt, undone));
            case State.Submitting _ -> Optional.empty();
        };
    }

    /** The kinds of the follow-ups that the row has owed for long; empty when there are none. */
    private static Optional<String> undone(Generation row, Instant now) {
        return row.followUps().stream()
                .filter(followUp -> isLongAgo(followUp.since(), now))
                .map(StuckRows::name)
                .distinct()
                .reduce((first, second) -> first + ", " + second);
    }

    private static String name(FollowUp followUp) {
        return followUp.action().kind().replace('-', ' ');
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
     * Queues an unconfirmed row for a second submission, although the first may have been paid for. False when the row
     * is not unconfirmed, was sent so recently that it may still be found, or was changed by another process first.
     */
    boolean resubmit(GenerationId id) {
        var now = clock.instant();
        return store.find(id)
                .flatMap(row ->
                        row.state() instanceof State.Unconfirmed(var attempt, var _) && isLongAgo(attempt.sentAt(), now)
                                ? Optional.of(row.queued(State.Queued.resubmission(attempt), Event.RESUBMITTED.at(now)))
                                : Optional.empty())
                .map(next -> store.update(next) instanceof GenerationStore.Update.Written)
                .orElse(false);
    }

    /**
     * Charges a row what a person has found on the bill, 0 for nothing. False when its cost is not unconfirmed, or was
     * changed by another process first.
     */
    boolean settle(GenerationId id, Money billed) {
        return settle(id, billed, cost -> cost.state() == Cost.State.UNCONFIRMED);
    }

    /**
     * As {@link #settle}, also for a row that is settled: its price in the model's file, or an earlier amount, was
     * wrong.
     */
    boolean correct(GenerationId id, Money billed) {
        return settle(id, billed, _ -> true);
    }

    private boolean settle(GenerationId id, Money billed, Predicate<Cost> condition) {
        return store.find(id)
                .filter(row -> row.state().status().isTerminal())
                .filter(row -> row.knownCost().filter(condition).isPresent())
                .map(row -> store.update(row.billed(billed)) instanceof GenerationStore.Update.Written)
                .orElse(false);
    }

    /** Fails a row; false when it needs no person, has ended, or was changed by another process first. */
    boolean fail(GenerationId id) {
        var now = clock.instant();
        return store.find(id)
                .filter(row ->
                        !row.state().status().isTerminal() && problem(row, now).isPresent())
                .map(row -> row.isInFlight()
                        ? store.update(row.failed(AFTER_IT_WAS_SENT, now)) instanceof GenerationStore.Update.Written
                        : FanIn.of(row, store)
                                .failed(WHILE_IT_WAITED, now)
                                .write(store)
                                .isEmpty())
                .orElse(false);
    }
}
