package dev.darkroom.application;

import dev.darkroom.application.WaitingRows.Waiting;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.FairQueue;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.State;
import dev.darkroom.domain.SubmissionGate.Demand;
import dev.darkroom.domain.SubmissionGate.Dequeue;
import java.util.Map;
import java.util.Optional;

/** What is done with one row of the queue. Each step returns the row as it is then, empty when there is none that can be read. */
public final class QueueSteps {

    private final GenerationContext context;
    private final PaidCall paidCall;
    private final AdmissionControl admission;
    private final AdvanceGeneration advance;
    private final ModelCatalogue catalogue;

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

    /** Reads a row. One whose time is over ends, and a workflow's task that waits for it gets its heartbeat. */
    Optional<Generation> read(GenerationId id) {
        try {
            return context.store()
                    .find(id)
                    .map(row -> row.state() instanceof State.Queued queued ? attend(row, queued) : row);
        } catch (UnreadableRowException _) {
            context.events().rowUnreadable(id.value());
            return Optional.empty();
        }
    }

    private Generation attend(Generation row, State.Queued queued) {
        var after = demandOf(row).isPresent()
                ? advance.advance(row).generation()
                : context.write(row.failed(Failure.modelRemoved(queued), context.now()));
        if (after.state().status().isTerminal()) {
            admission.leave(queued.round());
            context.kickForTasks(after);
        }
        return after;
    }

    /** Empty when its model is not in the catalogue any more. */
    Optional<Demand> demandOf(Generation row) {
        return catalogue.demandOf(row.caller().owner(), row.request());
    }

    /** Whether the row may be submitted now, while {@code others} wait; if so, {@link #submit} has to follow. */
    Dequeue admit(Waiting row, int others) {
        return paidCall.admit(row.demand(), row.queued(), others);
    }

    /** When the store fails, or another writer was first, the row may wait in its round as before. */
    Optional<Generation> submit(Waiting waiting) {
        boolean isLeft = true;
        try {
            var row = find(waiting);
            if (row.isPresent() && row.get().state() instanceof State.Queued queued) {
                row = Optional.of(paidCall.submit(row.get(), queued, waiting.demand()));
            } else {
                admission.release(waiting.demand());
            }
            isLeft = row.filter(after -> after.state().equals(waiting.queued())).isPresent();
            return row;
        } finally {
            if (isLeft) {
                admission.keepWaiting(waiting.queued().round());
            }
        }
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
