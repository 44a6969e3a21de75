package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.usage.UsageCounters;

class InMemoryUsageCountersTest extends UsageCountersContract {

    private final InMemoryGenerationStore store = new InMemoryGenerationStore(1);

    @Override
    GenerationStore store() {
        return store;
    }

    @Override
    UsageCounters usage() {
        return store.usage();
    }
}
