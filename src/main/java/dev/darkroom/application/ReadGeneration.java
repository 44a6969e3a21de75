package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.QueuePosition;
import java.util.Optional;

/** Reads one row. It never calls the provider. */
public final class ReadGeneration {

    private final GenerationStore store;
    private final AdmissionControl admission;

    public ReadGeneration(GenerationStore store, AdmissionControl admission) {
        this.store = store;
        this.admission = admission;
    }

    /** A row, and where it waits in the queue if it does. */
    public record Reading(Generation generation, Optional<QueuePosition> position) {}

    /** Whoever owns it. */
    public Optional<Generation> read(GenerationId id) {
        return store.find(id);
    }

    /** Somebody else's is not found, as if there were none. */
    public Optional<Reading> read(GenerationId id, Owner owner) {
        return read(id).filter(row -> row.caller().owner().equals(owner))
                .map(row -> new Reading(row, admission.positionOf(row)));
    }
}
