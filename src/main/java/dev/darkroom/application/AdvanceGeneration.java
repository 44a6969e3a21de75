package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.application.ImageProvider.Search;
import dev.darkroom.application.StepResult.Kind;
import dev.darkroom.domain.Attempt;
import dev.darkroom.domain.Doubt;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.NextStep;
import dev.darkroom.domain.PollSpacing;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.domain.TaskToken;
import dev.darkroom.domain.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Advances one row by one step. Whoever triggers a step calls this; triggers that overlap are harmless, because each
 * step ends in a conditional write and the later one finds that the row has moved on.
 */
public final class AdvanceGeneration {

    private static final Duration WHILE_CLAIMED = Duration.ofSeconds(1);

    private final GenerationContext context;
    private final ImageProvider provider;
    private final WorkflowTasks tasks;
    private final TaskHeartbeat heartbeat;
    private final Timeouts timeouts;

    public AdvanceGeneration(
            GenerationContext context, ImageProvider provider, WorkflowTasks tasks, Timeouts timeouts) {
        this.context = context;
        this.provider = provider;
        this.tasks = tasks;
        this.heartbeat = new TaskHeartbeat(tasks, context.clock());
        this.timeouts = timeouts;
    }

    /** Executes the step that the row needs now, if it needs one. */
    public StepResult advance(Generation generation) {
        var now = context.now();
        return switch (NextStep.of(generation, timeouts, now)) {
            case NextStep.ExpireClaim(var lost) ->
                write(generation.unconfirmed(
                        new State.Unconfirmed(lost.attempt(), "the claim expired before an outcome was stored"), now));
            case NextStep.Reconcile(var unconfirmed) ->
                search(generation, unconfirmed.attempt(), SearchWindow.NARROW, now);
            case NextStep.Poll(var processing) ->
                applyPollOutcome(generation, processing, provider.poll(processing.predictionId()));
            case NextStep.Fail(var failure) -> write(generation.failed(failure, now));
            case NextStep.NotifyTasks(var endedAt) -> notifyTasks(generation, endedAt, now);
            case NextStep.AbandonTasks _ -> abandonTasks(generation, now);
            case NextStep.AwaitDequeue _, NextStep.Wait _ -> stillRunning(generation);
            case NextStep.None _ -> nextCheck(generation);
        };
    }

    /**
     * Takes the row out of the sweeps' sight until then, unless it has moved on: then that time is not ours to set. It is no
     * step, so it is no event either.
     */
    public void postpone(Generation generation, Instant until) {
        context.store().update(generation.postponed(until));
    }

    private StepResult search(Generation generation, Attempt attempt, SearchWindow window, Instant now) {
        var search = new Search(
                generation.id(), attempt.upstreamPath(), generation.request().input(), attempt.sentAt(), window);
        return switch (provider.search(search)) {
            case SearchOutcome.Found(var candidates, var complete, var similar) ->
                adopt(generation, candidates, now)
                        .orElseGet(() -> window == SearchWindow.NARROW
                                ? search(generation, attempt, SearchWindow.WIDE, now)
                                : nothingFound(generation, attempt, complete, similar));
            case SearchOutcome.Unavailable(var retryAfter, var reason) ->
                unanswered(generation, reason).notBefore(retryAfter == null ? now : now.plus(retryAfter));
            case SearchOutcome.Unclear(var reason) -> unanswered(generation, reason);
            case SearchOutcome.CircuitOpen(var pause) ->
                stillRunning(generation).deferredUntil(now.plus(pause));
        };
    }

    /** Rows with the same input have the same candidates; each adopts another one. */
    private Optional<StepResult> adopt(Generation generation, List<PredictionId> candidates, Instant now) {
        return candidates.stream()
                .filter(candidate -> take(candidate, generation.id()))
                .findFirst()
                .map(adopted -> write(
                        generation.submitted(adopted, now, now),
                        () -> context.events().adopted(generation.id(), adopted)));
    }

    private StepResult nothingFound(Generation generation, Attempt attempt, boolean complete, int similar) {
        if (similar > 0) {
            context.events().onlySimilarFound(generation.id(), similar);
        }
        boolean again = complete
                && timeouts.resubmitAfter()
                        .filter(after ->
                                !context.now().isBefore(attempt.sentAt().plus(after)))
                        .isPresent();
        return again
                ? write(
                        generation.queued(State.Queued.again(attempt)),
                        () -> context.events().resubmitted(generation.id()))
                : stillRunning(generation);
    }

    /** False when another row has the prediction. */
    boolean take(PredictionId candidate, GenerationId row) {
        var holder = context.store().holder(candidate);
        return (holder.isEmpty() || holder.get().equals(row) || isDoneWithout(candidate, holder.get()))
                && context.store().take(candidate, row, holder);
    }

    /** A process may have died between taking a prediction and giving it to its row, which then got another one. */
    private boolean isDoneWithout(PredictionId candidate, GenerationId holder) {
        return context.store()
                .find(holder)
                .filter(row -> row.isOpen() || row.isSubmittedAs(candidate))
                .isEmpty();
    }

    /** What the provider says of a prediction, in a poll or in a webhook, decides what becomes of its row. */
    StepResult applyPollOutcome(Generation generation, State.Processing processing, PollOutcome outcome) {
        var now = context.now();
        return switch (outcome) {
            case PollOutcome.Succeeded(var outputs, var inference) ->
                write(generation.completed(new State.Completed(processing.predictionId(), outputs, inference, now)));
            case PollOutcome.Failed(var failure) -> write(generation.failed(failure, now));
            case PollOutcome.Running() ->
                processing.doubt() == null
                        ? stillRunning(generation)
                        : write(generation.processing(
                                new State.Processing(processing.predictionId(), processing.submittedAt())));
            case PollOutcome.NotFound() ->
                now.isBefore(processing.submittedAt().plus(timeouts.predictionVisibility()))
                        ? stillRunning(generation)
                        : doubt(generation, processing, Doubt.Kind.NOT_FOUND, now);
            case PollOutcome.WithoutOutputs(var unreadable) ->
                doubt(generation, processing, unreadable ? Doubt.Kind.OUTPUTS_UNREADABLE : Doubt.Kind.NO_OUTPUTS, now);
            case PollOutcome.Unavailable(var retryAfter, var reason) ->
                unanswered(generation, reason).notBefore(retryAfter == null ? now : now.plus(retryAfter));
            case PollOutcome.Unclear(var reason) -> unanswered(generation, reason);
            case PollOutcome.CircuitOpen(var pause) -> stillRunning(generation).deferredUntil(now.plus(pause));
        };
    }

    private StepResult doubt(Generation generation, State.Processing processing, Doubt.Kind kind, Instant now) {
        var doubted = processing.doubted(kind, now);
        var believed = NextStep.ofDoubt(doubted, timeouts, now);
        if (believed.isPresent()) {
            return write(generation.failed(believed.get(), now));
        }
        if (doubted.equals(processing)) {
            return stillRunning(generation);
        }
        if (kind == Doubt.Kind.OUTPUTS_UNREADABLE) {
            context.events().outputsUnreadable(generation.id(), processing.predictionId());
        }
        return writeQuietly(generation.processing(doubted));
    }

    private StepResult unanswered(Generation generation, String reason) {
        context.events().providerUnclear(generation.id(), reason);
        return stillRunning(generation).unclear();
    }

    private StepResult write(Generation changed) {
        return write(changed, () -> {});
    }

    /** {@code unusual} reports what is special about it, once it is written. */
    private StepResult write(Generation changed, Runnable unusual) {
        var next = changed.withHeartbeatDue(context.now());
        return switch (context.store().update(next)) {
            case Update.Written() -> {
                unusual.run();
                context.events().written(next);
                yield nextCheck(next);
            }
            case Update.Conflict(var current) -> nextCheck(current);
        };
    }

    /**
     * Tasks are notified before that is stored, so at least once; one that is notified twice refuses the second. Those that
     * could not be notified are notified later, less and less often.
     */
    private StepResult notifyTasks(Generation generation, Instant endedAt, Instant now) {
        var done = new ArrayList<TaskToken>();
        for (var task : generation.caller().waitingTasks()) {
            try {
                context.events().taskAnswered(generation.id(), tasks.answer(task, generation));
                done.add(task);
            } catch (RuntimeException e) {
                context.events().stepFailed(generation.id(), e);
            }
        }
        return writeQuietly(
                generation.waitedForNoMore(done, now.plus(PollSpacing.after(Duration.between(endedAt, now)))));
    }

    private StepResult abandonTasks(Generation generation, Instant now) {
        var abandoned = generation.caller().waitingTasks();
        abandoned.forEach(_ -> context.events().taskAnswered(generation.id(), false));
        return writeQuietly(generation.waitedForNoMore(abandoned, now));
    }

    private StepResult writeQuietly(Generation next) {
        return nextCheck(context.writeQuietly(next));
    }

    private StepResult stillRunning(Generation generation) {
        var gone = heartbeat.beat(generation);
        return gone.isEmpty()
                ? nextCheck(generation)
                : writeQuietly(generation.waitedForNoMore(gone, generation.dueAt()));
    }

    private StepResult nextCheck(Generation generation) {
        var now = context.now();
        Optional<Instant> next = switch (NextStep.of(generation, timeouts, now)) {
            case NextStep.Wait(var until) -> Optional.of(earliest(until, generation, now));
            case NextStep.Poll(var processing) ->
                Optional.of(now.plus(PollSpacing.after(Duration.between(processing.submittedAt(), now))));
            case NextStep.Reconcile(var unconfirmed) ->
                Optional.of(now.plus(PollSpacing.searching(
                        Duration.between(unconfirmed.attempt().sentAt(), now))));
            case NextStep.NotifyTasks _ -> Optional.of(dueOr(generation.dueAt(), now));
            case NextStep.Fail _ when generation.state() instanceof State.Queued -> Optional.empty();
            case NextStep.ExpireClaim _, NextStep.Fail _, NextStep.AbandonTasks _ -> Optional.of(now);
            case NextStep.AwaitDequeue _, NextStep.None _ -> Optional.empty();
        };
        var end = NextStep.endOf(generation, timeouts).filter(now::isBefore).orElse(Instant.MAX);
        return new StepResult(
                generation,
                next.map(at -> heartbeat.notTooLate(at.isBefore(end) ? at : end, generation)),
                Kind.EXECUTED);
    }

    private static Instant dueOr(@Nullable Instant dueAt, Instant now) {
        return dueAt == null ? now : dueAt;
    }

    /** A claim is held for seconds, whatever its limit: the row is likely to have moved on soon. */
    private static Instant earliest(Instant until, Generation generation, Instant now) {
        var soon = now.plus(WHILE_CLAIMED);
        return generation.state() instanceof State.Submitting && soon.isBefore(until) ? soon : until;
    }
}
