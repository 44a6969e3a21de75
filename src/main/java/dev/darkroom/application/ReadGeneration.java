package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.NextStep;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.State;
import dev.darkroom.domain.Timeouts;
import java.time.Instant;
import java.util.Optional;

/** Reads one row. It never calls the provider. */
public final class ReadGeneration {

    private final GenerationStore store;
    private final AdmissionControl admission;
    private final Timeouts timeouts;

    public ReadGeneration(GenerationStore store, AdmissionControl admission, Timeouts timeouts) {
        this.store = store;
        this.admission = admission;
        this.timeouts = timeouts;
    }

    /** A row and its outlook. */
    public record Reading(Generation generation, Outlook outlook) {}

    /** Whoever owns it. */
    public Optional<Generation> read(GenerationId id) {
        return store.find(id);
    }

    /** Another owner's is not found, as if there were none. */
    public Optional<Reading> read(GenerationId id, Owner owner) {
        return read(id).filter(row -> row.caller().owner().equals(owner)).map(row -> new Reading(row, outlook(row)));
    }

    /** It never throws, because the row is worth more than its outlook. */
    Outlook outlook(Generation row) {
        var searchedUntil =
                row.state() instanceof State.Unconfirmed ? NextStep.endOf(row, timeouts) : Optional.<Instant>empty();
        return new Outlook(admission.positionOf(row), searchedUntil);
    }
}
