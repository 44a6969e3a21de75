package dev.darkroom.dynamodb;

import dev.darkroom.application.InMemorySubmissionGateStore;
import dev.darkroom.application.SubmissionGateStore;

class InMemorySubmissionGateStoreTest extends SubmissionGateStoreContract {

    private final InMemorySubmissionGateStore store = new InMemorySubmissionGateStore();

    @Override
    SubmissionGateStore store() {
        return store;
    }
}
