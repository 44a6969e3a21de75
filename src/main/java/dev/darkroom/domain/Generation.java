package dev.darkroom.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One accepted request: the row. Every change makes the next version, which the store writes only over the one before.
 *
 * @param version 1 for a new row, one more with every write
 * @param dueAt when a sweep has to look at it; null exactly when its time decides nothing: it waits for its turn, or nothing
 *     is owed any more, because the state is terminal and no task waits to be told. It moves rarely, because moving it costs
 *     two writes to the index
 */
public record Generation(
        GenerationId id,
        Caller caller,
        GenerationRequest request,
        Instant createdAt,
        long version,
        @Nullable Instant dueAt,
        State state) {

    /** A workflow's task gets a heartbeat at least so often. */
    public static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);

    public Generation {
        boolean timeless = state instanceof State.Queued || (state.status().isTerminal() && !caller.isWaiting());
        if ((dueAt == null) != timeless) {
            throw new IllegalArgumentException(
                    "a row has a due time exactly as long as it is owed work and is not queued");
        }
    }

    /** A new row that waits in the queue. */
    public static Generation queued(
            GenerationId id, Caller caller, GenerationRequest request, Instant now, long round) {
        return new Generation(id, caller, request, now, 1, null, State.Queued.at(round));
    }

    /** A new row with the right to send the one paid call at once: its first write is the claim as well. */
    public static Generation submitting(
            GenerationId id, Caller caller, GenerationRequest request, State.Submitting claim, Instant dueAt) {
        return new Generation(id, caller, request, claim.attempt().sentAt(), 1, dueAt, claim);
    }

    /** Claims the right to send the one paid call. */
    public Generation claimed(State.Submitting claim, Instant due) {
        return next(due, claim);
    }

    /** The provider answered the paid call with an id; a sweep polls at {@code checkAt} or when it would have anyway. */
    public Generation submitted(PredictionId predictionId, Instant now, Instant checkAt) {
        var sooner = dueAt != null && dueAt.isBefore(checkAt) ? dueAt : checkAt;
        return next(sooner, new State.Processing(predictionId, now));
    }

    /** The provider says something of the prediction that is not believed yet, or no longer says it. */
    public Generation processing(State.Processing processing) {
        return next(dueAt, processing);
    }

    /** The call certainly created nothing, or may be sent once more: it waits in the queue. */
    public Generation queued(State.Queued waiting) {
        return next(null, waiting);
    }

    /** The outcome of the paid call is unknown; a sweep searches for it at {@code lookAt}. */
    public Generation unconfirmed(State.Unconfirmed unknown, Instant lookAt) {
        return next(lookAt, unknown);
    }

    /** Whether the paid call that the claim allowed has no outcome yet, so that its holder may still say what it was. */
    public boolean isOpenUnder(String claim) {
        return switch (state) {
            case State.Submitting(var held, var _) -> held.claim().equals(claim);
            case State.Unconfirmed(var held, var _) -> held.claim().equals(claim);
            case State.Queued(var _, var _, var earlier) ->
                earlier != null && earlier.claim().equals(claim);
            case State.Processing _, State.Completed _, State.Failed _ -> false;
        };
    }

    /** Whether the provider has it, or may have it, and is to say how it ends. */
    public boolean isInFlight() {
        return switch (state) {
            case State.Submitting _, State.Unconfirmed _, State.Processing _ -> true;
            case State.Queued _, State.Completed _, State.Failed _ -> false;
        };
    }

    /** Whether a sweep has to go on with it now: it is queued, or tasks wait to be notified. */
    public boolean isLeftToSweeps() {
        return state instanceof State.Queued || (state.status().isTerminal() && dueAt != null);
    }

    /** Whether it is not known yet under which id the provider has it. */
    public boolean isOpen() {
        return switch (state) {
            case State.Queued _, State.Submitting _, State.Unconfirmed _ -> true;
            case State.Processing _, State.Completed _, State.Failed _ -> false;
        };
    }

    /** Whether it stands in the row, now or at the end, that the provider has it under this id. */
    public boolean isSubmittedAs(PredictionId prediction) {
        return switch (state) {
            case State.Processing(var id, var _, var _) -> id.equals(prediction);
            case State.Completed completed -> completed.predictionId().equals(prediction);
            case State.Failed failed -> prediction.equals(failed.predictionId());
            case State.Queued _, State.Submitting _, State.Unconfirmed _ -> false;
        };
    }

    public Generation completed(State.Completed completed) {
        return ended(completed, completed.finishedAt());
    }

    public Generation failed(Failure failure, Instant now) {
        var predictionId = state instanceof State.Processing(var id, var _, var _) ? id : null;
        return ended(new State.Failed(predictionId, failure, now), now);
    }

    /** A task waits for the outcome as well; when too many do, the oldest is forgotten. */
    public Generation awaitedBy(TaskToken task, Instant now) {
        var tasks =
                Stream.concat(caller.waitingTasks().stream(), Stream.of(task)).toList();
        var newest = tasks.subList(Math.max(0, tasks.size() - Caller.MOST_TASKS), tasks.size());
        return with(newest, state.status().isTerminal() && dueAt == null ? now : dueAt);
    }

    /** These tasks wait no longer; a sweep looks at the row at {@code lookAt} if its time decides anything still. */
    public Generation waitedForNoMore(Collection<TaskToken> tasks, @Nullable Instant lookAt) {
        var left = caller.waitingTasks().stream()
                .filter(task -> !tasks.contains(task))
                .toList();
        boolean done = state.status().isTerminal() && left.isEmpty();
        return with(left, done || state instanceof State.Queued ? null : lookAt);
    }

    /** The same version, due in time for the next heartbeat if a task waits for it. */
    public Generation withHeartbeatDue(Instant now) {
        return caller.isWaiting() ? dueBy(now.plus(LONGEST_SILENCE)) : this;
    }

    private Generation with(List<TaskToken> tasks, @Nullable Instant due) {
        return new Generation(id, new Caller(caller.owner(), tasks), request, createdAt, version + 1, due, state);
    }

    /** The same version, which a sweep looks at by then. */
    public Generation dueBy(Instant latest) {
        return dueAt == null || !dueAt.isAfter(latest)
                ? this
                : new Generation(id, caller, request, createdAt, version, latest, state);
    }

    /** The same row, to be looked at later. */
    public Generation postponed(Instant until) {
        return next(until, state);
    }

    /** While a task waits, the row stays due until the task is told. */
    private Generation ended(State following, Instant now) {
        return next(caller.isWaiting() ? now : null, following);
    }

    private Generation next(@Nullable Instant due, State following) {
        if (state.status().isTerminal()) {
            throw new IllegalStateException("a terminal row never changes again");
        }
        return new Generation(id, caller, request, createdAt, version + 1, due, following);
    }
}
