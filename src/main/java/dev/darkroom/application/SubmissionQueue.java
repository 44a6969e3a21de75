package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.domain.Admission;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.State;
import java.time.InstantSource;
import java.util.List;

/** The rows that wait for their turn. Each method throws {@link StoreUnavailableException} when the store does not answer. */
public final class SubmissionQueue {

    private final GenerationStore store;
    private final AdmissionControl admission;
    private final ModelCatalogue catalogue;
    private final PaidCall paidCall;
    private final GenerationEvents events;
    private final InstantSource clock;

    public SubmissionQueue(
            GenerationStore store,
            AdmissionControl admission,
            ModelCatalogue catalogue,
            PaidCall paidCall,
            GenerationEvents events,
            InstantSource clock) {
        this.store = store;
        this.admission = admission;
        this.catalogue = catalogue;
        this.paidCall = paidCall;
        this.events = events;
        this.clock = clock;
    }

    /** The earliest turn first; as of late as the index. */
    List<GenerationId> waiting(int limit) {
        return store.queued(limit);
    }

    /** Whether nobody waits, not even somebody whom the index does not show yet. */
    boolean isEmpty() {
        return store.queued(1).isEmpty() && admission.isEmptied();
    }

    /** Whether the row, whose turn is the earliest, may be submitted now. */
    Admission admit(Generation row, State.Accepted accepted) {
        int images = catalogue
                .find(row.request().model())
                .map(model -> model.images(row.request().input()))
                .orElse(0);
        return admission.take(accepted.turn(), images);
    }

    /** Claims a row that was admitted, and sends the paid call; returns the row as it is then. */
    Generation submit(Generation row, State.Accepted accepted) {
        var model = catalogue.find(row.request().model());
        if (model.isEmpty()) {
            return written(row.failed(Failure.MODEL_REMOVED, clock.instant()));
        }
        var claimed = paidCall.claimed(row);
        if (PaidCall.twice(() -> store.update(claimed)) instanceof Update.Conflict(var current)) {
            return current;
        }
        events.written(claimed);
        return paidCall.send(claimed, model.get().upstreamPath(), accepted);
    }

    private Generation written(Generation next) {
        return switch (store.update(next)) {
            case Update.Written() -> {
                events.written(next);
                yield next;
            }
            case Update.Conflict(var current) -> current;
        };
    }
}
