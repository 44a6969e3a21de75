package dev.darkroom.core.step;

import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.provider.PollOutcome;
import dev.darkroom.core.provider.ProviderWebhook;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.Update;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.List;

/** Applies a webhook of a provider to its row. Webhooks may come twice, late, early or for the wrong row. */
public final class ReceiveWebhook {

    private final GenerationContext context;
    private final AdvanceGeneration advance;
    private final PredictionClaims claims;

    public ReceiveWebhook(GenerationContext context, AdvanceGeneration advance) {
        this.context = context;
        this.advance = advance;
        this.claims = advance.claims();
    }

    /** The result of a webhook. */
    public enum Result {
        /** The webhook was applied, or had nothing new. */
        APPLIED,
        UNKNOWN_GENERATION,
        /** The row has another prediction, perhaps of another provider. */
        PREDICTION_MISMATCH
    }

    /** Throws {@link StoreUnavailableException} when the store does not answer; the webhook may be sent again. */
    public Result receive(ProviderId provider, GenerationId id, ProviderWebhook.Verified webhook) {
        return context.store()
                .find(id)
                .map(row -> row.provider().equals(provider) ? receive(row, webhook) : Result.PREDICTION_MISMATCH)
                .orElse(Result.UNKNOWN_GENERATION);
    }

    private Result receive(Generation row, ProviderWebhook.Verified webhook) {
        return switch (row.state()) {
            case State.Submitting _, State.Unconfirmed _ -> adopt(row, webhook);
            // The row's first call may have created this prediction, so that no second call has to be paid for.
            case State.Queued queued when queued.earlier() != null -> adopt(row, webhook);
            case State.Processing processing
            when processing.predictionId().equals(webhook.prediction()) -> apply(arrived(row), processing, webhook);
            case State.Completed _, State.Failed _ when row.hasPrediction(webhook.prediction()) -> Result.APPLIED;
            case State.Queued _, State.Processing _, State.Completed _, State.Failed _, State.Cancelled _ ->
                Result.PREDICTION_MISMATCH;
        };
    }

    /** The webhook is recorded by the write that it causes. */
    private Generation arrived(Generation row) {
        return row.noted(List.of(Event.WEBHOOK_RECEIVED.at(context.now())));
    }

    private Result apply(Generation row, State.Processing processing, ProviderWebhook.Verified webhook) {
        if (webhook.outcome() instanceof PollOutcome.Inline && row.request().keepsImages()) {
            return leaveToSweep(row);
        }
        var ended = advance.apply(row, processing, webhook.outcome()).generation();
        if (ended.needsSweep()) {
            context.trigger().triggerFor(ended);
        }
        return Result.APPLIED;
    }

    /** This function has no archive for the images that are inside the webhook. A sweep polls for them now. */
    private Result leaveToSweep(Generation row) {
        var due = context.writeQuietly(row.postponed(context.now()));
        if (due.state() instanceof State.Processing) {
            context.trigger().triggerAfterWebhook(due);
        }
        return Result.APPLIED;
    }

    /**
     * The webhook came before the answer to the paid call, or instead of it, and has the prediction's id. The row's id
     * in the URL proves nothing: the signature does not cover the URL, so a webhook for one row could be sent to
     * another.
     */
    private Result adopt(Generation row, ProviderWebhook.Verified webhook) {
        if (!webhook.hasInput().test(row.request().input()) || !claims.claim(webhook.prediction(), row)) {
            return Result.PREDICTION_MISMATCH;
        }
        var now = context.now();
        var submitted = arrived(row).submitted(webhook.prediction(), now, now);
        return switch (context.store().update(submitted)) {
            case Update.Written() -> {
                if (!(row.state() instanceof State.Submitting)) {
                    context.listener().predictionAdopted(row.id(), webhook.prediction());
                }
                context.listener().stateChanged(submitted);
                yield apply(submitted, (State.Processing) submitted.state(), webhook);
            }
            case Update.Conflict(var current) -> receive(current, webhook);
        };
    }
}
