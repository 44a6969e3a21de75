package dev.darkroom.core.step;

import dev.darkroom.core.generation.Doubt;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.FollowUp;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The one step that a row needs next. Only this type decides it, and when a state has timed out. */
public sealed interface NextStep {

    /** A 404 for a prediction counts after the provider has repeated it for this long. */
    Duration NOT_FOUND_FOR = Duration.ofMinutes(5);

    /** Missing or unreadable outputs count after the provider has repeated them for this long. */
    Duration WITHOUT_OUTPUTS_FOR = Duration.ofMinutes(1);

    /** No step of its own: the queue submits the row. */
    record AwaitDequeue() implements NextStep {}

    /** Expire the claim: its holder is gone, and the outcome of its call is unknown. */
    record ExpireClaim(State.Submitting submitting) implements NextStep {}

    /** Search the provider's history around the time of the call for the prediction. */
    record Reconcile(State.Unconfirmed unconfirmed) implements NextStep {}

    /** Ask the provider for the result. */
    record Poll(State.Processing processing) implements NextStep {}

    /** Fail the generation, because its state has timed out. */
    record Fail(Failure failure) implements NextStep {}

    /**
     * Attempt these follow-ups, at least one. They are of one kind, and what they did is stored before another kind is
     * attempted. Workflow tasks and webhooks come first.
     */
    record AttemptFollowUps(List<FollowUp> due) implements NextStep {}

    /** Abandon these follow-ups: they could not be done within the longest time of their kind. */
    record AbandonFollowUps(List<FollowUp> over) implements NextStep {}

    /** Nothing before {@code until}. */
    record Wait(Instant until) implements NextStep {}

    /** Nothing ever: the row is terminal and owes nothing. */
    record None() implements NextStep {}

    /** When the row's state times out, whatever the provider says; empty for a terminal or claimed row. */
    static Optional<Instant> endOf(Generation generation, Timeouts timeouts) {
        return switch (generation.state()) {
            case State.Queued _ -> Optional.of(generation.createdAt().plus(timeouts.queued()));
            case State.Unconfirmed(var attempt, var _) ->
                Optional.of(attempt.sentAt().plus(timeouts.reconciliation()));
            case State.Processing processing ->
                Optional.of(processing.submittedAt().plus(timeouts.processing()));
            case State.Submitting _, State.Completed _, State.Failed _, State.Cancelled _ -> Optional.empty();
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
            case State.Completed _, State.Failed _, State.Cancelled _ -> ofFollowUps(generation.followUps(), now);
        };
    }

    /** How a row fails whose poll has just confirmed its {@link Doubt}; empty while the doubt does not count yet. */
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

    /** What a row that has ended needs, if it owes these follow-ups. */
    static NextStep ofFollowUps(List<FollowUp> followUps, Instant now) {
        var over = followUps.stream().filter(followUp -> followUp.isOver(now)).toList();
        if (!over.isEmpty()) {
            return new AbandonFollowUps(over);
        }
        return followUps.stream()
                .min(Comparator.comparing((FollowUp followUp) -> !isToldNow(followUp, now))
                        .thenComparing(FollowUp::nextAt))
                .<NextStep>map(next -> next.isDue(now)
                        ? new AttemptFollowUps(dueOfKind(next.action().kind(), followUps, now))
                        : new Wait(next.nextAt()))
                .orElseGet(None::new);
    }

    /** Somebody waits for it, and a copy of an image may take a minute. */
    private static boolean isToldNow(FollowUp followUp, Instant now) {
        return followUp.isDue(now)
                && switch (followUp.action()) {
                    case FollowUp.NotifyTask _, FollowUp.DeliverWebhook _, FollowUp.SendEvent _ -> true;
                    case FollowUp.CopyImage _, FollowUp.DeleteImages _ -> false;
                };
    }

    private static List<FollowUp> dueOfKind(String kind, List<FollowUp> followUps, Instant now) {
        return followUps.stream()
                .filter(followUp ->
                        followUp.isDue(now) && followUp.action().kind().equals(kind))
                .toList();
    }

    private static boolean isOver(Instant since, Duration limit, Instant now) {
        return !now.isBefore(since.plus(limit));
    }
}
