package dev.darkroom.core.step;

import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.step.StepResult.Kind;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.Update;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stores the result of a step, and computes when the row takes its next step. */
final class Transitions {

    private static final Duration WHILE_CLAIMED = Duration.ofSeconds(1);

    private final GenerationContext context;
    private final TaskHeartbeat heartbeat;
    private final Timeouts timeouts;

    Transitions(GenerationContext context, TaskHeartbeat heartbeat, Timeouts timeouts) {
        this.context = context;
        this.heartbeat = heartbeat;
        this.timeouts = timeouts;
    }

    StepResult write(Generation changed) {
        return write(changed, () -> {});
    }

    /** {@code unusual} reports a further event once the row is written. */
    StepResult write(Generation changed, Runnable unusual) {
        var next = changed.withHeartbeatDue(context.now());
        return switch (context.store().update(next)) {
            case Update.Written() -> {
                unusual.run();
                context.listener().stateChanged(next);
                yield nextCheck(next);
            }
            case Update.Conflict(var current) -> nextCheck(current);
        };
    }

    StepResult writeQuietly(Generation next) {
        return nextCheck(context.writeQuietly(next));
    }

    StepResult stillRunning(Generation generation) {
        var gone = heartbeat.send(generation);
        return gone.isEmpty()
                ? nextCheck(generation)
                : writeQuietly(generation.without(gone).noted(List.of(Event.FOLLOW_UP_ABANDONED.at(context.now()))));
    }

    /**
     * Leaves a row that has ended until its copies have ended as well. The waiting tasks get heartbeats until then.
     *
     * @param joined the row with its copies, still running
     */
    StepResult awaitCopies(Generation row, Generation joined) {
        var gone = heartbeat.send(joined);
        var result = gone.isEmpty() ? nextCheck(row) : writeQuietly(row.without(gone));
        var now = context.now();
        var waited = Duration.between(row.state().endedAt().orElse(now), now);
        return result.notBefore(now.plus(PollInterval.forPolling(waited)));
    }

    StepResult unanswered(Generation generation, String reason) {
        context.listener().providerCallFailed(generation.id(), reason);
        return stillRunning(generation).failed();
    }

    StepResult nextCheck(Generation generation) {
        var now = context.now();
        Optional<Instant> next = switch (NextStep.of(generation, timeouts, now)) {
            case NextStep.Wait(var until) -> Optional.of(earliest(until, generation, now));
            case NextStep.Poll(var processing) ->
                Optional.of(now.plus(PollInterval.forPolling(Duration.between(processing.submittedAt(), now))));
            case NextStep.Reconcile(var unconfirmed) ->
                Optional.of(now.plus(PollInterval.forReconciling(
                        Duration.between(unconfirmed.attempt().sentAt(), now))));
            case NextStep.Fail _ when generation.state() instanceof State.Queued -> Optional.empty();
            case NextStep.ExpireClaim _, NextStep.Fail _ -> Optional.of(now);
            case NextStep.AttemptFollowUps _, NextStep.AbandonFollowUps _ -> Optional.of(now);
            case NextStep.AwaitDequeue _, NextStep.None _ -> Optional.empty();
        };
        var end = NextStep.endOf(generation, timeouts).filter(now::isBefore).orElse(Instant.MAX);
        return new StepResult(
                generation,
                next.map(at -> heartbeat.capAtNextHeartbeat(at.isBefore(end) ? at : end, generation)),
                Kind.EXECUTED);
    }

    /** A claim is usually held for seconds, whatever its limit, so the row is checked soon. */
    private static Instant earliest(Instant until, Generation generation, Instant now) {
        var soon = now.plus(WHILE_CLAIMED);
        return generation.state() instanceof State.Submitting && soon.isBefore(until) ? soon : until;
    }
}
