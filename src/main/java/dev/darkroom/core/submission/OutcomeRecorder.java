package dev.darkroom.core.submission;

import dev.darkroom.core.generation.EventLog.Event;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.provider.SubmitOutcome;
import dev.darkroom.core.ratelimit.AdmissionControl;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.PredictionClaim;
import dev.darkroom.core.store.GenerationStore.Update;
import dev.darkroom.core.store.RepeatedWrite;
import dev.darkroom.errors.StoreUnavailableException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Stores the outcome of a paid call and updates the provider's gate. Each method takes the row as it was claimed. */
final class OutcomeRecorder {

    private final GenerationContext context;
    private final ImageProviders providers;
    private final AdmissionControls admissions;
    private final Claims claims;

    OutcomeRecorder(GenerationContext context, ImageProviders providers, AdmissionControls admissions, Claims claims) {
        this.context = context;
        this.providers = providers;
        this.admissions = admissions;
        this.claims = claims;
    }

    /**
     * Returns the row after its outcome is stored.
     *
     * @param before the queued state that the row had or would have had; the row returns to it if nothing was created
     * @param outcome empty when the call was not sent, because there was no time left for it
     */
    Generation recordOutcome(Generation row, Demand demand, State.Queued before, Optional<SubmitOutcome> outcome) {
        var admission = admissions.of(row.provider());
        if (outcome.isEmpty()) {
            admission.release(demand);
            var waiting = before.withRound(requeue(row, admission, demand, before));
            return record(row, open -> open.queued(waiting, Event.REQUEUED.at(context.now())));
        }
        var sentAt = ((State.Submitting) row.state()).attempt().sentAt();
        return switch (outcome.get()) {
            case SubmitOutcome.Created(var prediction) -> {
                var after = recordCreated(row, prediction);
                admission.onAnswer(demand, sentAt);
                yield after;
            }
            case SubmitOutcome.Rejected(var failure) -> {
                var after = record(row, open -> open.rejected(failure, context.now()));
                admission.onAnswer(demand, sentAt);
                context.triggerForFollowUps(after);
                yield after;
            }
            case SubmitOutcome.NotCreated(var retryAfter, var reason) -> {
                context.listener().providerCallFailed(row.id(), reason);
                admission.onThrottled(demand, retryAfter, sentAt);
                var refused = before.withRound(requeue(row, admission, demand, before))
                        .refused(reason, context.now());
                yield record(row, open -> open.queued(refused, Event.REFUSED.at(context.now())));
            }
            case SubmitOutcome.Unknown(var reason) -> {
                var after = recordUnknown(row, reason);
                admission.onUnknown(demand);
                yield after;
            }
        };
    }

    /**
     * If the gate's store does not answer, the row keeps its round. A row that had no round then goes before all
     * others.
     */
    private long requeue(Generation row, AdmissionControl admission, Demand demand, State.Queued before) {
        try {
            return admission.requeue(demand, before.round());
        } catch (StoreUnavailableException e) {
            context.listener().stepFailed(row.id(), e);
            return before.round();
        }
    }

    /**
     * Claims the prediction for the row first. If another row has adopted this prediction, the row's own prediction
     * still has to be found.
     */
    private Generation recordCreated(Generation row, PredictionId prediction) {
        var now = context.now();
        var provider = row.provider();
        var checkAt = firstCheckAfter(row, now);
        UnaryOperator<Generation> submitted = open -> open.submitted(prediction, now, checkAt);
        var claim = new PredictionClaim(provider, prediction, row.id());
        boolean ours =
                retryOnceOrReport(() -> context.store().claimPrediction(claim, Optional.empty()), submitted.apply(row));
        return ours ? record(row, submitted) : recordUnknown(row, "another row has adopted its prediction");
    }

    /** The next check comes after a delay, because the provider's history needs a moment to show the prediction. */
    private Generation recordUnknown(Generation row, String reason) {
        context.listener().providerCallFailed(row.id(), reason);
        var unconfirmed = new State.Unconfirmed(((State.Submitting) row.state()).attempt(), reason);
        var now = context.now();
        return record(row, open -> open.unconfirmed(unconfirmed, firstCheckAfter(row, now), now));
    }

    private Instant firstCheckAfter(Generation row, Instant now) {
        boolean webhook = providers.callbackFor(row.provider(), row.id()).isPresent();
        return claims.firstCheckAfter(now, webhook);
    }

    /**
     * Stores the outcome even when a sweep has expired the claim meanwhile, because only the holder of the claim knows
     * how the call ended. It never overwrites another claim.
     */
    private Generation record(Generation row, UnaryOperator<Generation> outcome) {
        var claim = ((State.Submitting) row.state()).attempt().claim();
        var next = outcome.apply(row).withHeartbeatDue(context.now());
        while (update(next) instanceof Update.Conflict(var current)) {
            if (!current.isClaimedBy(claim)) {
                return current;
            }
            next = outcome.apply(current).withHeartbeatDue(context.now());
        }
        context.listener().stateChanged(next);
        return next;
    }

    private Update update(Generation next) {
        return retryOnceOrReport(() -> context.store().update(next), next);
    }

    private <T> T retryOnceOrReport(Supplier<T> write, Generation next) {
        try {
            return RepeatedWrite.retryOnce(write);
        } catch (RuntimeException e) {
            context.listener().outcomeNotStored(next, e);
            throw e;
        }
    }
}
