package dev.darkroom.dynamodb;

import dev.darkroom.core.InMemorySubmissionGateStore;
import dev.darkroom.core.ratelimit.SubmissionGateStore;

class InMemorySubmissionGateStoreTest extends SubmissionGateStoreContract {

    private final InMemorySubmissionGateStore store = new InMemorySubmissionGateStore();

    @Override
    SubmissionGateStore store() {
        return store;
    }
}
