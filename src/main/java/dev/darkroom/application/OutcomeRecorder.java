package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.State;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Stores how a paid call ended. Each method takes the row as it was claimed and returns it as it is then. */
final class OutcomeRecorder {

    private final GenerationContext context;
    private final Claims claims;

    OutcomeRecorder(GenerationContext context, Claims claims) {
        this.context = context;
        this.claims = claims;
    }

    /** The prediction is claimed for the row first; if another row has adopted it, this row's own is still to be found. */
    Generation recordCreated(Generation row, PredictionId prediction) {
        var now = context.now();
        UnaryOperator<Generation> submitted = open -> open.submitted(prediction, now, claims.firstCheckAfter(now));
        boolean ours = retryOnceOrReport(
                () -> context.store().take(prediction, row.id(), Optional.empty()), submitted.apply(row));
        return ours ? record(row, submitted) : recordUnknown(row, "another row has adopted its prediction");
    }

    /** The history is searched when the provider has had a moment to show the prediction there. */
    Generation recordUnknown(Generation row, String reason) {
        context.events().providerUnclear(row.id(), reason);
        var unconfirmed = new State.Unconfirmed(((State.Submitting) row.state()).attempt(), reason);
        var checkAt = claims.firstCheckAfter(context.now());
        return record(row, open -> open.unconfirmed(unconfirmed, checkAt));
    }

    /**
     * Stores how the paid call ended. Only the holder of the claim knows it, so it is stored even when a sweep has expired the
     * claim meanwhile, but never over another claim.
     */
    Generation record(Generation row, UnaryOperator<Generation> outcome) {
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
