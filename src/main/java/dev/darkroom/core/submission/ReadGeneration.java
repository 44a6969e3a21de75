package dev.darkroom.core.submission;

import dev.darkroom.core.account.Owner;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.ratelimit.QueuePosition;
import dev.darkroom.core.store.GenerationStore;
import java.util.Optional;

/** Reads one row. It never calls the provider. A deleted generation is not found. */
public final class ReadGeneration {

    private final GenerationStore store;
    private final AdmissionControls admissions;

    public ReadGeneration(GenerationStore store, AdmissionControls admissions) {
        this.store = store;
        this.admissions = admissions;
    }

    /** A row, and its position if it is queued. */
    public record Reading(Generation generation, Optional<QueuePosition> position) {}

    /** Reads a row of any owner. */
    public Optional<Generation> read(GenerationId id) {
        return store.find(id).filter(row -> !row.isDeleted());
    }

    /** Another owner's row is not found, as if it did not exist. */
    public Optional<Reading> read(GenerationId id, Owner owner) {
        return read(id).filter(row -> row.owner().equals(owner))
                .map(row -> new Reading(row, admissions.of(row.provider()).positionOf(row)));
    }
}
