package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The one thing that a row needs next. This is the only place that decides it, and that something is over. */
public sealed interface NextStep {

    /** The task of our own state machine waits for 25 hours at most. */
    Duration LONGEST_TASK = Duration.ofHours(25);

    /** A 404 for a prediction is believed when it has been the answer for so long. */
    Duration NOT_FOUND_FOR = Duration.ofMinutes(5);

    /** Missing or unreadable outputs are believed when they have been the answer for so long. */
    Duration WITHOUT_OUTPUTS_FOR = Duration.ofMinutes(1);

    /** Nothing by itself: the queue submits it. */
    record AwaitDequeue() implements NextStep {}

    /** The claim is too old: its holder is gone, and the outcome of its call is unknown. */
    record ExpireClaim(State.Submitting submitting) implements NextStep {}

    /** Search for the prediction among those that the provider has had since the call was sent. */
    record Reconcile(State.Unconfirmed unconfirmed) implements NextStep {}

    /** Ask the provider for the result. */
    record Poll(State.Processing processing) implements NextStep {}

    /** End it, because what it waits for did not come in time. */
    record Fail(Failure failure) implements NextStep {}

    /** Notify the workflows' tasks that wait for it how the generation ended. */
    record NotifyTasks(Instant endedAt) implements NextStep {}

    /** Abandon the tasks: they could not be notified within the longest time that a task may wait. */
    record AbandonTasks() implements NextStep {}

    /** Nothing before {@code until}. */
    record Wait(Instant until) implements NextStep {}

    /** Nothing ever: the row is terminal and no task waits. */
    record None() implements NextStep {}

    /** When the row's state is over, whatever the provider says; empty for one that is terminal or claimed. */
    static Optional<Instant> endOf(Generation generation, Timeouts timeouts) {
        return switch (generation.state()) {
            case State.Queued _ -> Optional.of(generation.createdAt().plus(timeouts.queued()));
            case State.Unconfirmed(var attempt, var _) ->
                Optional.of(attempt.sentAt().plus(timeouts.reconciliation()));
            case State.Processing processing ->
                Optional.of(processing.submittedAt().plus(timeouts.processing()));
            case State.Submitting _, State.Completed _, State.Failed _ -> Optional.empty();
        };
    }

    /** What the row needs at {@code now}. */
    static NextStep of(Generation generation, Timeouts timeouts, Instant now) {
        boolean over =
                endOf(generation, timeouts).filter(end -> !now.isBefore(end)).isPresent();
        return switch (generation.state()) {
            case State.Queued queued ->
                over
                        ? new Fail(queued.earlier() == null ? Failure.NEVER_SUBMITTED : Failure.SUBMISSION_UNCONFIRMED)
                        : new AwaitDequeue();
            case State.Submitting submitting ->
                now.isBefore(submitting.expiresAt()) ? new Wait(submitting.expiresAt()) : new ExpireClaim(submitting);
            case State.Unconfirmed unconfirmed ->
                over ? new Fail(Failure.SUBMISSION_UNCONFIRMED) : new Reconcile(unconfirmed);
            case State.Processing processing ->
                over ? new Fail(Failure.unfinished(processing.predictionId())) : new Poll(processing);
            case State.Completed completed -> afterTheEnd(generation, completed.finishedAt(), now);
            case State.Failed failed -> afterTheEnd(generation, failed.finishedAt(), now);
        };
    }

    /** How a row ends whose poll has just confirmed its {@link Doubt}; empty as long as that is not to be believed. */
    static Optional<Failure> ofDoubt(State.Processing processing, Timeouts timeouts, Instant now) {
        var doubt = processing.doubt();
        if (doubt == null) {
            return Optional.empty();
        }
        return switch (doubt.kind()) {
            case NOT_FOUND ->
                Optional.of(Failure.notFound(processing.predictionId()))
                        .filter(_ -> isOver(processing.submittedAt(), timeouts.predictionVisibility(), now))
                        .filter(_ -> isOver(doubt.since(), NOT_FOUND_FOR, now));
            case NO_OUTPUTS ->
                Optional.of(Failure.noOutputs(processing.predictionId()))
                        .filter(_ -> isOver(doubt.since(), WITHOUT_OUTPUTS_FOR, now));
            case OUTPUTS_UNREADABLE ->
                Optional.of(Failure.outputsUnreadable(processing.predictionId()))
                        .filter(_ -> isOver(doubt.since(), WITHOUT_OUTPUTS_FOR, now));
        };
    }

    private static NextStep afterTheEnd(Generation generation, Instant endedAt, Instant now) {
        if (!generation.caller().isWaiting()) {
            return new None();
        }
        return isOver(endedAt, LONGEST_TASK, now) ? new AbandonTasks() : new NotifyTasks(endedAt);
    }

    private static boolean isOver(Instant since, Duration limit, Instant now) {
        return !now.isBefore(since.plus(limit));
    }
}
