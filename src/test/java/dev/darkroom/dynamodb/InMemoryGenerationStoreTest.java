package dev.darkroom.dynamodb;

import dev.darkroom.application.GenerationStore;
import dev.darkroom.application.InMemoryGenerationStore;

class InMemoryGenerationStoreTest extends GenerationStoreContract {

    private final GenerationStore store = new InMemoryGenerationStore(SHARDS);

    @Override
    GenerationStore store() {
        return store;
    }
}
