package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.store.GenerationStore;

class InMemoryGenerationStoreTest extends GenerationStoreContract {

    private final GenerationStore store = new InMemoryGenerationStore(SHARDS);

    @Override
    GenerationStore store() {
        return store;
    }
}
