package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import java.util.Optional;

/** Reads one row. It never calls the provider. */
public final class ReadGeneration {

    private final GenerationStore store;

    public ReadGeneration(GenerationStore store) {
        this.store = store;
    }

    public Optional<Generation> read(GenerationId id) {
        return store.find(id);
    }
}
