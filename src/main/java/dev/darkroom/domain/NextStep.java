package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;

/** The one thing that a row needs next. {@link #of} is the only place that decides it. */
public sealed interface NextStep {

    /** The task of our own state machine waits for 25 hours at most. */
    Duration LONGEST_WAIT = Duration.ofHours(25);

    /** Nothing by itself: the queue submits it when it is its turn. */
    record AwaitTurn() implements NextStep {}

    /** The claim is too old: whoever held it is gone, and the outcome of its call is unknown. */
    record LoseClaim(State.Submitting submitting) implements NextStep {}

    /** Look for the prediction among those that the provider has had since the call was sent. */
    record Reconcile(State.Unconfirmed unconfirmed) implements NextStep {}

    /** Ask the provider for the result. */
    record Poll(State.Processing processing) implements NextStep {}

    /** End it, because what it waits for did not come. */
    record GiveUp(Failure failure) implements NextStep {}

    /** Tell the workflows' tasks that wait for it how the generation ended. */
    record AnswerTasks(Instant endedAt) implements NextStep {}

    /** Stop telling: whoever was to be told could not be for so long that he is no longer there. */
    record ForgetTasks() implements NextStep {}

    /** Nothing before {@code until}. */
    record Wait(Instant until) implements NextStep {}

    /** Nothing ever: the row is terminal and nobody waits. */
    record None() implements NextStep {}

    /** What the row needs at {@code now}. */
    static NextStep of(Generation generation, Instant now) {
        return switch (generation.state()) {
            case State.Accepted _ -> new AwaitTurn();
            case State.Submitting submitting
            when now.isBefore(submitting.claimExpiresAt()) -> new Wait(submitting.claimExpiresAt());
            case State.Submitting submitting -> new LoseClaim(submitting);
            case State.Unconfirmed unconfirmed ->
                now.isBefore(unconfirmed.giveUpAt())
                        ? new Reconcile(unconfirmed)
                        : new GiveUp(Failure.SUBMISSION_UNCONFIRMED);
            case State.Processing processing -> new Poll(processing);
            case State.Completed completed -> afterTheEnd(generation, completed.finishedAt(), now);
            case State.Failed failed -> afterTheEnd(generation, failed.finishedAt(), now);
        };
    }

    private static NextStep afterTheEnd(Generation generation, Instant endedAt, Instant now) {
        if (!generation.caller().isWaiting()) {
            return new None();
        }
        return now.isBefore(endedAt.plus(LONGEST_WAIT)) ? new AnswerTasks(endedAt) : new ForgetTasks();
    }
}
