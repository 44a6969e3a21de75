package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Owner;
import java.util.Optional;

/** Reads one row. It never calls the provider. */
public final class ReadGeneration {

    private final GenerationStore store;

    public ReadGeneration(GenerationStore store) {
        this.store = store;
    }

    /** Whoever owns it. */
    public Optional<Generation> read(GenerationId id) {
        return store.find(id);
    }

    /** Somebody else's is not found, as if there were none. */
    public Optional<Generation> read(GenerationId id, Owner owner) {
        return read(id).filter(row -> row.caller().owner().equals(owner));
    }
}
