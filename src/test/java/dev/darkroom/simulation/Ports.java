package dev.darkroom.simulation;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.FakeImageSource;
import dev.darkroom.core.FakeReceivers;
import dev.darkroom.core.InMemoryCallStore;
import dev.darkroom.core.InMemoryImageArchive;
import dev.darkroom.core.InMemoryWebhookStore;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.budget.SpendLimits;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.delivery.WebhookBodies;
import dev.darkroom.core.delivery.WebhookSender;
import dev.darkroom.core.followup.EventBus;
import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.joining.CallStore;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.SweepTrigger;
import dev.darkroom.core.sweep.ShardLeases;
import dev.darkroom.core.waiting.CompletionWaiter;
import dev.darkroom.core.webhook.WebhookStore;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;

/** The ports of one process's core. */
public interface Ports {

    GenerationStore store();

    /** The calls of clients that repeat requests. */
    default CallStore calls() {
        return new InMemoryCallStore();
    }

    SubmissionGateStore gate();

    ShardLeases leases();

    ImageProvider provider();

    ModelCatalogue catalogue();

    WorkflowTasks tasks();

    SweepTrigger trigger();

    /** Whether the gateway keeps the images of the requests. */
    default boolean keepsImages() {
        return false;
    }

    /** Where images come from. */
    default ImageSource images() {
        return new FakeImageSource();
    }

    default ImageArchive archive() {
        return new InMemoryImageArchive();
    }

    /** The event bus; empty when the gateway sends no events. */
    default Optional<EventBus> bus() {
        return Optional.empty();
    }

    /** The webhooks of API keys. */
    default WebhookStore webhooks() {
        return new InMemoryWebhookStore();
    }

    /** What webhooks say. */
    default WebhookBodies bodies() {
        return CoreFixture.BODIES;
    }

    /** The receivers of webhooks. */
    default WebhookSender receivers() {
        return new FakeReceivers();
    }

    /** The limits on what requests may cost. */
    default SpendLimits limits() {
        return SpendLimits.NONE;
    }

    CompletionWaiter timer();

    ExecutorService executor();

    /** Waits after this many conditional writes in a row have failed. */
    IntConsumer backOff();

    InstantSource clock();

    /** The clock by which the paid call checks the age of its claim. */
    InstantSource clockOfThePaidCall();

    /** A new name of 32 hexadecimal digits. */
    String uniqueName();
}
