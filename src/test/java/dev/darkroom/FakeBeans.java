package dev.darkroom;

import dev.darkroom.application.FakeImageProvider;
import dev.darkroom.application.FakeWorkflowTasks;
import dev.darkroom.application.InMemoryApiKeys;
import dev.darkroom.application.InMemoryGenerationStore;
import dev.darkroom.application.InMemoryShardLeases;
import dev.darkroom.application.InMemorySubmissionGateStore;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the fakes of the ports in the adapters' place wherever the application is started in a test. */
@Alternative
@Priority(1)
class FakeBeans {

    @Produces
    @Singleton
    InMemoryGenerationStore store() {
        return new InMemoryGenerationStore(1);
    }

    @Produces
    @Singleton
    InMemoryShardLeases leases() {
        return new InMemoryShardLeases();
    }

    @Produces
    @Singleton
    InMemorySubmissionGateStore budgets() {
        return new InMemorySubmissionGateStore();
    }

    @Produces
    @Singleton
    InMemoryApiKeys keys() {
        return new InMemoryApiKeys();
    }

    @Produces
    @Singleton
    FakeWorkflowTasks tasks() {
        return new FakeWorkflowTasks();
    }

    @Produces
    @Singleton
    FakeImageProvider provider() {
        return new FakeImageProvider();
    }
}
