package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import dev.darkroom.domain.SubmissionGate.Demand;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Stores how a paid call ended and settles with the gate. Each method takes the row as it was claimed. */
final class OutcomeRecorder {

    private final GenerationContext context;
    private final AdmissionControl admission;
    private final Claims claims;

    OutcomeRecorder(GenerationContext context, AdmissionControl admission, Claims claims) {
        this.context = context;
        this.admission = admission;
        this.claims = claims;
    }

    /**
     * Returns the row as it is then.
     *
     * @param before what it was, or would have been: it waits so again if nothing was created
     * @param outcome empty when the call was not sent, because there was no time left for it
     */
    Generation settle(Generation row, Demand demand, State.Queued before, Optional<SubmitOutcome> outcome) {
        if (outcome.isEmpty()) {
            admission.release(demand);
            var waiting = before.in(requeued(row, demand, before));
            return record(row, open -> open.queued(waiting));
        }
        var sentAt = ((State.Submitting) row.state()).attempt().sentAt();
        return switch (outcome.get()) {
            case SubmitOutcome.Created(var prediction) -> {
                var after = recordCreated(row, prediction);
                admission.onAnswer(demand, sentAt);
                yield after;
            }
            case SubmitOutcome.Rejected(var failure) -> {
                var after = record(row, open -> open.failed(failure, context.now()));
                admission.onAnswer(demand, sentAt);
                context.kickForTasks(after);
                yield after;
            }
            case SubmitOutcome.NotCreated(var retryAfter, var reason) -> {
                context.events().providerUnclear(row.id(), reason);
                admission.onRefusal(demand, retryAfter, sentAt);
                var refused = before.in(requeued(row, demand, before)).refused(reason, context.now());
                yield record(row, open -> open.queued(refused));
            }
            case SubmitOutcome.Unknown(var reason) -> {
                var after = recordUnknown(row, reason);
                admission.onUnknown(demand);
                yield after;
            }
        };
    }

    /** Without the gate it keeps its place: before all others if it had none. */
    private long requeued(Generation row, Demand demand, State.Queued before) {
        try {
            return admission.requeue(demand, before.round());
        } catch (StoreUnavailableException e) {
            context.events().stepFailed(row.id(), e);
            return before.round();
        }
    }

    /** The prediction is claimed for the row first; if another row has adopted it, this row's own is still to be found. */
    private Generation recordCreated(Generation row, PredictionId prediction) {
        var now = context.now();
        UnaryOperator<Generation> submitted = open -> open.submitted(prediction, now, claims.firstCheckAfter(now));
        boolean ours = retryOnceOrReport(
                () -> context.store().take(prediction, row.id(), Optional.empty()), submitted.apply(row));
        return ours ? record(row, submitted) : recordUnknown(row, "another row has adopted its prediction");
    }

    /** The history is searched when the provider has had a moment to show the prediction there. */
    private Generation recordUnknown(Generation row, String reason) {
        context.events().providerUnclear(row.id(), reason);
        var unconfirmed = new State.Unconfirmed(((State.Submitting) row.state()).attempt(), reason);
        var checkAt = claims.firstCheckAfter(context.now());
        return record(row, open -> open.unconfirmed(unconfirmed, checkAt));
    }

    /**
     * Only the holder of the claim knows how the call ended, so it is stored even when a sweep has expired the claim meanwhile,
     * but never over another claim.
     */
    private Generation record(Generation row, UnaryOperator<Generation> outcome) {
        var claim = ((State.Submitting) row.state()).attempt().claim();
        var next = outcome.apply(row).withHeartbeatDue(context.now());
        while (update(next) instanceof Update.Conflict(var current)) {
            if (!current.isOpenUnder(claim)) {
                return current;
            }
            next = outcome.apply(current).withHeartbeatDue(context.now());
        }
        context.events().written(next);
        return next;
    }

    private Update update(Generation next) {
        return retryOnceOrReport(() -> context.store().update(next), next);
    }

    private <T> T retryOnceOrReport(Supplier<T> write, Generation next) {
        try {
            return retryOnce(write);
        } catch (RuntimeException e) {
            context.events().notStored(next, e);
            throw e;
        }
    }

    /** A claim that was written although the store did not say so would be one that nobody uses. */
    static <T> T retryOnce(Supplier<T> write) {
        try {
            return write.get();
        } catch (StoreUnavailableException _) {
            return write.get();
        }
    }
}
