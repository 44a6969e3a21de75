package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.domain.Budget;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.NextStep;
import dev.darkroom.domain.PollSpacing;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.domain.TaskToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
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

    private final GenerationStore store;
    private final ImageProvider provider;
    private final ModelCatalogue catalogue;
    private final WorkflowTasks tasks;
    private final AdmissionControl admission;
    private final TaskHeartbeat heartbeat;
    private final GenerationEvents events;
    private final Timings timings;
    private final InstantSource clock;

    public AdvanceGeneration(
            GenerationStore store,
            ImageProvider provider,
            ModelCatalogue catalogue,
            WorkflowTasks tasks,
            AdmissionControl admission,
            GenerationEvents events,
            Timings timings,
            InstantSource clock) {
        this.store = store;
        this.provider = provider;
        this.catalogue = catalogue;
        this.tasks = tasks;
        this.admission = admission;
        this.heartbeat = new TaskHeartbeat(tasks, clock);
        this.events = events;
        this.timings = timings;
        this.clock = clock;
    }

    /** Takes the step that the row needs now, if it needs one. */
    public Advanced advance(Generation generation) {
        var now = clock.instant();
        return switch (NextStep.of(generation, now)) {
            case NextStep.AwaitTurn _ -> stillRunning(generation);
            case NextStep.LoseClaim(var lost) ->
                write(generation.unconfirmed(
                        new State.Unconfirmed(
                                lost.claim(),
                                lost.claimedAt(),
                                lost.claimedAt().plus(timings.unconfirmedGiveUp()),
                                "nobody has said how the call ended"),
                        now));
            case NextStep.Reconcile(var unconfirmed) -> reconcile(generation, unconfirmed, now);
            case NextStep.Poll(var processing) -> poll(generation, processing);
            case NextStep.GiveUp(var failure) -> write(generation.failed(failure, now));
            case NextStep.AnswerTasks(var endedAt) -> answer(generation, endedAt, now);
            case NextStep.ForgetTasks _ -> forget(generation, now);
            case NextStep.Wait _ -> stillRunning(generation);
            case NextStep.None _ -> look(generation);
        };
    }

    /**
     * Takes the row out of the sweeps' sight until then, unless it has moved on: then it is none of our business. It is no
     * step, so it is no event either.
     */
    public void postpone(Generation generation, Instant until) {
        store.update(generation.postponed(until));
    }

    private Advanced reconcile(Generation generation, State.Unconfirmed unconfirmed, Instant now) {
        var model = catalogue.find(generation.request().model());
        if (model.isEmpty()) {
            return stillRunning(generation);
        }
        return search(model.get(), generation, unconfirmed, SearchWindow.NARROW, now);
    }

    private Advanced search(
            Model model, Generation generation, State.Unconfirmed unconfirmed, SearchWindow window, Instant now) {
        return switch (provider.search(new ImageProvider.Search(
                generation.id(), model.upstreamPath(), generation.request().input(), unconfirmed.sentAt(), window))) {
            case SearchOutcome.Found(var candidates, var complete, var _) ->
                adopt(generation, candidates, now)
                        .orElseGet(() -> window == SearchWindow.NARROW
                                ? search(model, generation, unconfirmed, SearchWindow.WIDE, now)
                                : complete ? nothingFound(generation, unconfirmed, now) : stillRunning(generation));
            case SearchOutcome.Unclear(var reason) -> {
                events.providerUnclear(generation.id(), reason);
                yield stillRunning(generation);
            }
            case SearchOutcome.Unavailable(var retryAfter, var reason) -> {
                events.providerUnclear(generation.id(), reason);
                slowDown(retryAfter);
                yield notBefore(stillRunning(generation), retryAfter, now);
            }
            case SearchOutcome.CircuitOpen(var pause) ->
                stillRunning(generation).notTakenBefore(now.plus(pause));
        };
    }

    /** Rows with the same input have the same candidates; each takes another one. */
    private Optional<Advanced> adopt(Generation generation, List<PredictionId> candidates, Instant now) {
        return candidates.stream()
                .filter(candidate -> take(candidate, generation.id()))
                .findFirst()
                .map(adopted ->
                        write(generation.submitted(adopted, now, now), () -> events.adopted(generation.id(), adopted)));
    }

    private Advanced nothingFound(Generation generation, State.Unconfirmed unconfirmed, Instant now) {
        boolean again = timings.resubmitAfter()
                .filter(after -> !now.isBefore(unconfirmed.sentAt().plus(after)))
                .isPresent();
        return again
                ? write(generation.queued(State.Accepted.in(Budget.NO_TURN)), () -> events.resubmitted(generation.id()))
                : stillRunning(generation);
    }

    /** False when another row has the prediction. */
    boolean take(PredictionId candidate, GenerationId row) {
        var holder = store.holder(candidate);
        return (holder.isEmpty() || holder.get().equals(row) || isDoneWithout(candidate, holder.get()))
                && store.take(candidate, row, holder);
    }

    /** A process may have died between taking a prediction and giving it to its row, which then got another one. */
    private boolean isDoneWithout(PredictionId candidate, GenerationId holder) {
        return store.find(holder)
                .filter(row -> row.isOpen() || row.isSubmittedAs(candidate))
                .isEmpty();
    }

    private Advanced poll(Generation generation, State.Processing processing) {
        return conclude(generation, processing, provider.poll(processing.predictionId()));
    }

    /** What the provider says of a prediction, asked or unasked, decides what becomes of its row. */
    Advanced conclude(Generation generation, State.Processing processing, PollOutcome outcome) {
        var now = clock.instant();
        return switch (outcome) {
            case PollOutcome.Succeeded(var outputs, var inference) ->
                write(generation.completed(new State.Completed(processing.predictionId(), outputs, inference, now)));
            case PollOutcome.Failed(var failure) -> write(generation.failed(failure, now));
            case PollOutcome.Running() -> stillRunning(generation);
            case PollOutcome.WithoutOutputs _ -> write(generation.failed(Failure.NO_OUTPUTS, now));
            case PollOutcome.Unclear(var reason) -> {
                events.providerUnclear(generation.id(), reason);
                yield stillRunning(generation);
            }
            case PollOutcome.NotFound() ->
                now.isBefore(processing.submittedAt().plus(timings.predictionVisible()))
                        ? stillRunning(generation)
                        : write(generation.failed(Failure.PREDICTION_GONE, now));
            case PollOutcome.Unavailable(var retryAfter, var reason) -> {
                events.providerUnclear(generation.id(), reason);
                slowDown(retryAfter);
                yield notBefore(stillRunning(generation), retryAfter, now);
            }
            case PollOutcome.CircuitOpen(var pause) -> stillRunning(generation).notTakenBefore(now.plus(pause));
        };
    }

    private void slowDown(@Nullable Duration retryAfter) {
        if (retryAfter != null && retryAfter.isPositive()) {
            admission.slowDown(retryAfter);
        }
    }

    private Advanced write(Generation changed) {
        return write(changed, () -> {});
    }

    /** {@code unusual} says what is special about it, once it is written. */
    private Advanced write(Generation changed, Runnable unusual) {
        var next = heartbeat.dueForIt(changed);
        return switch (store.update(next)) {
            case Update.Written() -> {
                unusual.run();
                events.written(next);
                yield look(next);
            }
            case Update.Conflict(var current) -> look(current);
        };
    }

    /**
     * Tasks are told before that is stored, so that they are told at least once; one that is told twice refuses the second.
     * Who could not be told is told later, less and less often.
     */
    private Advanced answer(Generation generation, Instant endedAt, Instant now) {
        var done = new ArrayList<TaskToken>();
        for (var task : generation.caller().waitingTasks()) {
            try {
                events.taskAnswered(generation.id(), tasks.answer(task, generation));
                done.add(task);
            } catch (WorkflowUnavailableException e) {
                events.stepFailed(generation.id(), e);
            }
        }
        return writeQuietly(
                generation.waitedForNoMore(done, now.plus(PollSpacing.after(Duration.between(endedAt, now)))));
    }

    private Advanced forget(Generation generation, Instant now) {
        generation.caller().waitingTasks().forEach(_ -> events.taskAnswered(generation.id(), false));
        return writeQuietly(generation.waitedForNoMore(generation.caller().waitingTasks(), now));
    }

    /** What the provider knows does not change with it, so it is no event. */
    private Advanced writeQuietly(Generation next) {
        return switch (store.update(next)) {
            case Update.Written() -> look(next);
            case Update.Conflict(var current) -> look(current);
        };
    }

    private Advanced stillRunning(Generation generation) {
        var gone = heartbeat.beat(generation);
        return gone.isEmpty() ? look(generation) : writeQuietly(generation.waitedForNoMore(gone, generation.dueAt()));
    }

    private Advanced look(Generation generation) {
        var now = clock.instant();
        Optional<Instant> next = switch (NextStep.of(generation, now)) {
            case NextStep.Wait(var until) -> Optional.of(earliest(until, generation, now));
            case NextStep.Poll(var processing) ->
                Optional.of(now.plus(PollSpacing.after(Duration.between(processing.submittedAt(), now))));
            case NextStep.Reconcile(var unconfirmed) ->
                Optional.of(now.plus(PollSpacing.searching(Duration.between(unconfirmed.sentAt(), now))));
            case NextStep.AnswerTasks _ -> Optional.of(dueOr(generation, now));
            case NextStep.LoseClaim _, NextStep.GiveUp _, NextStep.ForgetTasks _ -> Optional.of(now);
            case NextStep.AwaitTurn _, NextStep.None _ -> Optional.empty();
        };
        return new Advanced(generation, next.map(at -> heartbeat.notTooLate(at, generation)));
    }

    private static Instant dueOr(Generation generation, Instant now) {
        return generation.dueAt() == null ? now : generation.dueAt();
    }

    /** A claim is held for seconds, whatever its limit: the row is likely to have moved on soon. */
    private static Instant earliest(Instant until, Generation generation, Instant now) {
        var soon = now.plus(WHILE_CLAIMED);
        return generation.state() instanceof State.Submitting && soon.isBefore(until) ? soon : until;
    }

    private static Advanced notBefore(Advanced advanced, @Nullable Duration retryAfter, Instant now) {
        if (retryAfter == null) {
            return advanced;
        }
        var earliest = now.plus(retryAfter);
        return new Advanced(
                advanced.generation(), advanced.nextLook().map(at -> at.isBefore(earliest) ? earliest : at));
    }
}
