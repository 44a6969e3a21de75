package dev.darkroom;

import dev.darkroom.core.FakeImageProvider;
import dev.darkroom.core.FakeWorkflowTasks;
import dev.darkroom.core.InMemoryApiKeys;
import dev.darkroom.core.InMemoryBudgets;
import dev.darkroom.core.InMemoryCallStore;
import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.InMemoryKeyUses;
import dev.darkroom.core.InMemoryShardLeases;
import dev.darkroom.core.InMemorySubmissionGates;
import dev.darkroom.core.InMemoryUsageCounters;
import dev.darkroom.core.InMemoryWebhookStore;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.waiting.StatusReader;
import dev.darkroom.http.TestCallers;
import dev.darkroom.provider.WiredProviders;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.List;

/** Replaces the adapters by the fakes of their ports in every test that starts the application. */
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
    StatusReader statuses(InMemoryGenerationStore store) {
        return id ->
                new StatusReader.Reading(store.find(id).map(row -> row.state().status()), 1);
    }

    @Produces
    @Singleton
    InMemoryBudgets budgets(InMemoryGenerationStore store) {
        return store.budgets();
    }

    @Produces
    @Singleton
    InMemoryUsageCounters usage(InMemoryGenerationStore store) {
        return store.usage();
    }

    @Produces
    @Singleton
    InMemoryKeyUses keyUses() {
        return new InMemoryKeyUses();
    }

    @Produces
    @Singleton
    InMemoryCallStore calls() {
        return new InMemoryCallStore();
    }

    @Produces
    @Singleton
    InMemoryWebhookStore webhooks() {
        return new InMemoryWebhookStore();
    }

    @Produces
    @Singleton
    InMemoryShardLeases leases() {
        return new InMemoryShardLeases();
    }

    @Produces
    @Singleton
    InMemorySubmissionGates gates() {
        return new InMemorySubmissionGates();
    }

    @Produces
    @Singleton
    InMemoryApiKeys keys() {
        return TestCallers.keys();
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

    /** The fake takes the place of the wired provider, except that webhooks are verified as the application does it. */
    @Produces
    @Singleton
    ImageProviders providers(FakeImageProvider fake, Instance<ImageProvider> beans, CallbackUrl callback) {
        var wired = WiredProviders.deployed().make(beans, callback);
        wired.of(fake.id()).webhooks().ifPresent(fake::sendsWebhooks);
        return ImageProviders.of(List.of(fake), callback);
    }
}
