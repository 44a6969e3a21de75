package dev.darkroom.core.submission;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.store.FanIn;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.RepeatedWrite;
import dev.darkroom.errors.StoreUnavailableException;

/**
 * Cancels a request while it waits in the queue. The cancellation and the claim to the paid call are writes over the
 * same version of the row, so a request is either cancelled or sent, never both. A request with copies is cancelled as
 * a whole, before the first of them is sent.
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

        /** The provider has or may have {@code row}, the request or a copy, so it can no longer be cancelled. */
        record AlreadySubmitted(Generation row) implements Result {}

        /** There is no such generation, it is deleted, or it belongs to another owner. */
        record NotFound() implements Result {}
    }

    /**
     * Throws {@link StoreUnavailableException} when the store does not answer; the row may be cancelled or not, and the
     * cancellation may be repeated.
     */
    public Result cancel(GenerationId id, Owner owner) {
        return context.store()
                .find(id)
                .filter(row -> row.owner().equals(owner) && !row.isDeleted() && !row.isCopy())
                .map(row -> cancel(FanIn.of(row, context.store())))
                .orElseGet(Result.NotFound::new);
    }

    private Result cancel(FanIn generation) {
        var current = generation;
        while (current.firstNotCancellable().isEmpty()) {
            var cancelled = current.cancelled(context.now());
            var other = RepeatedWrite.retryOnce(() -> cancelled.write(context.store()));
            if (other.isEmpty()) {
                onCancellation(current, cancelled);
                return new Result.Ended(cancelled.generation());
            }
            current = other.get();
        }
        var row = current.generation();
        return row.state().status().isTerminal()
                ? new Result.Ended(row)
                : new Result.AlreadySubmitted(current.firstNotCancellable().orElse(row));
    }

    private void onCancellation(FanIn queued, FanIn cancelled) {
        cancelled.rows().forEach(context.listener()::stateChanged);
        queued.rows().forEach(this::leaveQueue);
        context.triggerForFollowUps(cancelled.original());
    }

    private void leaveQueue(Generation row) {
        if (row.state() instanceof State.Queued(var round, var _, var _)) {
            admissions.of(row.provider()).cancelRound(row.owner(), round);
        }
    }
}
