package dev.darkroom.core.step;

import dev.darkroom.core.archive.InlineImages;
import dev.darkroom.core.followup.FollowUpExecutor;
import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.store.GenerationContext;
import java.time.Instant;
import java.util.Optional;

/**
 * Advances one row by one step, for every trigger. Overlapping triggers are harmless: each step ends in a conditional
 * write, and the later write finds that the row has changed.
 */
public final class AdvanceGeneration {

    private final GenerationContext context;
    private final Timeouts timeouts;
    private final Transitions transitions;
    private final PredictionClaims claims;
    private final PollStep poll;
    private final ReconcileStep reconcile;
    private final FollowUpStep followUp;

    /**
     * What the steps need beside the table and the providers.
     *
     * @param tasks get heartbeats while their generations run
     * @param followUps are attempted when the generation has ended
     * @param inlineImages keeps the images that are inside a provider's answer
     */
    public record Ports(WorkflowTasks tasks, FollowUpExecutor followUps, InlineImages inlineImages) {}

    public AdvanceGeneration(GenerationContext context, ImageProviders providers, Ports ports, Timeouts timeouts) {
        this.context = context;
        this.timeouts = timeouts;
        this.transitions = new Transitions(context, new TaskHeartbeat(ports.tasks(), context.clock()), timeouts);
        this.poll = new PollStep(context, providers, transitions, timeouts, ports.inlineImages());
        this.claims = new PredictionClaims(context.store());
        this.reconcile = new ReconcileStep(context, providers, claims, transitions, timeouts);
        this.followUp = new FollowUpStep(context, ports.followUps(), transitions);
    }

    /** In a gateway that keeps no images. */
    public AdvanceGeneration(
            GenerationContext context,
            ImageProviders providers,
            WorkflowTasks tasks,
            FollowUpExecutor followUps,
            Timeouts timeouts) {
        this(context, providers, new Ports(tasks, followUps, new InlineImages(Optional.empty())), timeouts);
    }

    /** Executes the step that the row needs now, if it needs one. */
    public StepResult advance(Generation generation) {
        var now = context.now();
        return switch (NextStep.of(generation, timeouts, now)) {
            case NextStep.ExpireClaim(var lost) ->
                transitions.write(generation.unconfirmed(
                        new State.Unconfirmed(lost.attempt(), "the claim expired before an outcome was stored"),
                        now,
                        now));
            case NextStep.Reconcile(var unconfirmed) -> reconcile.run(generation, unconfirmed);
            case NextStep.Poll(var processing) -> poll.run(generation, processing);
            case NextStep.Fail(var failure)
            when generation.state() instanceof State.Queued ->
                transitions.nextCheck(context.failQueued(generation, failure));
            case NextStep.Fail(var failure) -> transitions.write(generation.failed(failure, now));
            case NextStep.AttemptFollowUps(var due) -> followUp.run(generation, due);
            case NextStep.AbandonFollowUps(var over) -> followUp.abandon(generation, over);
            case NextStep.AwaitDequeue _, NextStep.Wait _ -> transitions.stillRunning(generation);
            case NextStep.None _ -> transitions.nextCheck(generation);
        };
    }

    PredictionClaims claims() {
        return claims;
    }

    /** Applies the provider's answer about a prediction, which came by a webhook, to its row. */
    StepResult apply(Generation generation, State.Processing processing, PollOutcome outcome) {
        return poll.apply(generation, processing, outcome);
    }

    /**
     * Makes the row due at {@code until}, unless another writer has changed it: that writer has set its time. This is
     * not a step, so it reports no event.
     */
    public void postpone(Generation generation, Instant until) {
        context.store().update(generation.postponed(until));
    }
}
