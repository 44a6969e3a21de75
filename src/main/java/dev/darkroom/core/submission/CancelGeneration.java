package dev.darkroom.core.submission;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.GenerationStore.Update;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.Optional;

/**
 * Cancels a request while it waits in the queue. The cancellation and the claim to the paid call are writes over the
 * same version of the row, so a request is either cancelled or sent, never both.
 */
public final class CancelGeneration {

    private final GenerationContext context;
    private final AdmissionControls admissions;

    public CancelGeneration(GenerationContext context, AdmissionControls admissions) {
        this.context = context;
        this.admissions = admissions;
    }

    /** The result of a cancellation. */
    public sealed interface Result {

        /** The row is cancelled, now or before, or had ended otherwise. */
        record Ended(Generation row) implements Result {}

        /** The provider has or may have the request, so it can no longer be cancelled. */
        record AlreadySubmitted(Generation row) implements Result {}

        /** There is no such row, or it belongs to another owner. */
        record NotFound() implements Result {}
    }

    /**
     * Throws {@link StoreUnavailableException} when the store does not answer; the row may be cancelled or not, and the
     * cancellation may be repeated.
     */
    public Result cancel(GenerationId id, Owner owner) {
        return context.store()
                .find(id)
                .filter(row -> row.owner().equals(owner))
                .map(this::cancel)
                .orElseGet(Result.NotFound::new);
    }

    private Result cancel(Generation row) {
        var current = row;
        while (current.isCancellable()) {
            var cancelled = current.cancelled(context.now());
            var other = write(cancelled);
            if (other.isEmpty()) {
                onCancellation(current, cancelled);
                return new Result.Ended(cancelled);
            }
            current = other.get();
        }
        return current.state().status().isTerminal() ? new Result.Ended(current) : new Result.AlreadySubmitted(current);
    }

    /** Returns the row of another writer that was first. */
    private Optional<Generation> write(Generation cancelled) {
        return OutcomeRecorder.retryOnce(() -> context.store().update(cancelled)) instanceof Update.Conflict(var other)
                ? Optional.of(other)
                : Optional.empty();
    }

    private void onCancellation(Generation queued, Generation cancelled) {
        context.events().stateChanged(cancelled);
        if (queued.state() instanceof State.Queued(var round, var _, var _)) {
            admissions.of(queued.provider()).cancelRound(queued.owner(), round);
        }
        context.triggerForFollowUps(cancelled);
    }
}
