package dev.darkroom.domain;

import java.time.Instant;

/** The one thing that a row needs next. {@link #of} is the only place that decides it. */
public sealed interface NextStep {

    /** Claim the row and send the paid call. */
    record Submit(State.Accepted accepted) implements NextStep {}

    /** The claim is too old: whoever held it is gone, and the outcome of its call is unknown. */
    record LoseClaim(State.Submitting submitting) implements NextStep {}

    /** Ask the provider for the result. */
    record Poll(State.Processing processing) implements NextStep {}

    /** End it, because what it waits for did not come. */
    record GiveUp(Failure failure) implements NextStep {}

    /** Tell the workflow's task that waits for it how the generation ended. */
    record AnswerTask(TaskToken task) implements NextStep {}

    /** Nothing before {@code until}. */
    record Wait(Instant until) implements NextStep {}

    /** Nothing ever: the row is terminal and nobody waits. */
    record None() implements NextStep {}

    /** What the row needs at {@code now}. */
    static NextStep of(Generation generation, Instant now) {
        return switch (generation.state()) {
            case State.Accepted accepted when !now.isBefore(accepted.giveUpAt()) -> new GiveUp(Failure.NEVER_SUBMITTED);
            case State.Accepted accepted when now.isBefore(accepted.submitAt()) -> new Wait(accepted.submitAt());
            case State.Accepted accepted -> new Submit(accepted);
            case State.Submitting submitting
            when now.isBefore(submitting.claimExpiresAt()) -> new Wait(submitting.claimExpiresAt());
            case State.Submitting submitting -> new LoseClaim(submitting);
            case State.Unconfirmed(var _, var giveUpAt) ->
                now.isBefore(giveUpAt) ? new Wait(giveUpAt) : new GiveUp(Failure.SUBMISSION_UNCONFIRMED);
            case State.Processing processing -> new Poll(processing);
            case State.Completed _, State.Failed _ -> {
                var task = generation.caller().waitingTask();
                yield task == null ? new None() : new AnswerTask(task);
            }
        };
    }
}
