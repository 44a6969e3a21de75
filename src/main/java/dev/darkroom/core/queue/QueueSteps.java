package dev.darkroom.core.queue;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.queue.WaitingRows.Waiting;
import dev.darkroom.core.ratelimit.AdmissionControl;
import dev.darkroom.core.ratelimit.FairQueue;
import dev.darkroom.core.ratelimit.SubmissionGate.Demand;
import dev.darkroom.core.ratelimit.SubmissionGate.Dequeue;
import dev.darkroom.core.step.AdvanceGeneration;
import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.UnreadableRowException;
import dev.darkroom.core.submission.PaidCall;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of one row in the queue of a provider. Each returns the row afterwards, empty when there is none or it
 * cannot be read.
 */
public final class QueueSteps {

    private final GenerationContext context;
    private final PaidCall paidCall;
    private final AdmissionControl admission;
    private final AdvanceGeneration advance;
    private final ModelCatalogue catalogue;

    /** {@code admission} is that of the queue's provider. */
    public QueueSteps(
            GenerationContext context,
            PaidCall paidCall,
            AdmissionControl admission,
            AdvanceGeneration advance,
            ModelCatalogue catalogue) {
        this.context = context;
        this.paidCall = paidCall;
        this.admission = admission;
        this.advance = advance;
        this.catalogue = catalogue;
    }

    /** Reads a row. A row that has timed out fails, and the workflow tasks that wait for a row get their heartbeats. */
    Optional<Generation> read(GenerationId id) {
        try {
            return context.store()
                    .find(id)
                    .map(row -> row.state() instanceof State.Queued queued ? check(row, queued) : row);
        } catch (UnreadableRowException _) {
            context.listener().rowUnreadable(id.value());
            return Optional.empty();
        }
    }

    private Generation check(Generation row, State.Queued queued) {
        var after = demandOf(row).isPresent()
                ? advance.advance(row).generation()
                : context.failQueued(row, Failure.modelRemoved(queued));
        if (after.state().status().isTerminal()) {
            admission.leave(queued.round());
            context.triggerForFollowUps(after);
        }
        return after;
    }

    /** Empty when the row's model is no longer in the catalogue, or has moved to another provider. */
    Optional<Demand> demandOf(Generation row) {
        return catalogue.demandOf(row.owner(), row.request());
    }

    /** Whether the row may be submitted now, while {@code others} more wait; if so, {@link #submit} has to follow. */
    Dequeue tryDequeue(Waiting row, int others) {
        return admission.tryDequeue(row.demand(), row.queued().round(), others);
    }

    /**
     * Submits an admitted row. If the store fails or another writer was first, the row may keep waiting in its round.
     */
    Optional<Generation> submit(Waiting waiting) {
        boolean isLeft = true;
        try {
            var row = find(waiting);
            if (row.isPresent() && row.get().state() instanceof State.Queued queued) {
                row = Optional.of(paidCall.submit(row.get(), queued, waiting.demand()));
            } else {
                admission.release(waiting.demand());
            }
            isLeft = row.filter(after -> isLeft(after, waiting)).isPresent();
            return row;
        } finally {
            if (isLeft) {
                admission.keepWaiting(waiting.queued().round());
            }
        }
    }

    /**
     * Whether the place that dequeuing has freed counts as occupied again. That of a cancelled row does, because its
     * cancellation frees the place too, and it is freed only once.
     */
    private static boolean isLeft(Generation after, Waiting waiting) {
        return after.state().equals(waiting.queued()) || after.state() instanceof State.Cancelled;
    }

    private Optional<Generation> find(Waiting waiting) {
        try {
            return waiting.row() == null ? context.store().find(waiting.id()) : Optional.of(waiting.row());
        } catch (RuntimeException e) {
            admission.release(waiting.demand());
            throw e;
        }
    }

    /** Whether no request waits, not even one that the index does not show yet. */
    boolean isDrained() {
        return admission.drained();
    }

    /** See {@link FairQueue#recount}. */
    FairQueue recount(FairQueue before, Map<Owner, Long> waiting) {
        return admission.recount(before, waiting);
    }

    int queueLength() {
        return admission.queueLength();
    }
}
