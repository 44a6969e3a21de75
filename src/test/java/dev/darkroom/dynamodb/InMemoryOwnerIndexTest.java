package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.OwnerIndex;

class InMemoryOwnerIndexTest extends OwnerIndexContract {

    private final InMemoryGenerationStore rows = new InMemoryGenerationStore(1);

    @Override
    GenerationStore store() {
        return rows;
    }

    @Override
    OwnerIndex index() {
        return rows;
    }
}
