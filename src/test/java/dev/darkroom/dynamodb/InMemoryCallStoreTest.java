package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemoryCallStore;
import dev.darkroom.core.joining.CallStore;

class InMemoryCallStoreTest extends CallStoreContract {

    private final CallStore store = new InMemoryCallStore();

    @Override
    CallStore store() {
        return store;
    }
}
