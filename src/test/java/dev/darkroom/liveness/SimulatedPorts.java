package dev.darkroom.liveness;

import dev.darkroom.core.InMemoryGenerationStore;
import dev.darkroom.core.InMemoryImageArchive;
import dev.darkroom.core.InMemoryShardLeases;
import dev.darkroom.core.InMemorySubmissionGateStore;
import dev.darkroom.core.InMemoryWebhookStore;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.delivery.WebhookSender;
import dev.darkroom.core.followup.EventBus;
import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.SweepTrigger;
import dev.darkroom.core.sweep.ShardLeases;
import dev.darkroom.core.waiting.CompletionWaiter;
import dev.darkroom.core.webhook.WebhookStore;
import dev.darkroom.liveness.Answers.Service;
import dev.darkroom.simulation.FewModels;
import dev.darkroom.simulation.Ports;
import dev.darkroom.simulation.RemoteGate;
import dev.darkroom.simulation.RemoteLeases;
import dev.darkroom.simulation.RemoteStore;
import dev.darkroom.simulation.RemoteWebhookStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** The ports of all processes, in simulated time. */
final class SimulatedPorts implements Ports {

    private static final Duration BACK_OFF = Duration.ofMillis(20);

    final InMemoryGenerationStore rows = new InMemoryGenerationStore(1);
    final FewModels catalogue = new FewModels();
    final SlowTasks tasks;
    final SlowReceivers receivers;
    final InMemoryImageArchive archive = new InMemoryImageArchive();

    private final Simulation simulation;
    private final GenerationStore store;
    private final WebhookStore webhooks;
    private final SubmissionGateStore gate;
    private final ShardLeases leases;
    private final ImageProvider provider;
    private final SweepTrigger trigger;
    private final SlowImages images;
    private final boolean keepsImages;
    private final Optional<EventBus> bus;

    /** The simulation runs its threads, because it runs the threads that start them. */
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private int names;

    SimulatedPorts(Simulation simulation, Bad bad, Predicate<Instant> out, SweepTrigger trigger) {
        this.simulation = simulation;
        var calls = new SlowCalls(simulation);
        this.store = new RemoteStore(rows, calls, row -> damage(row, bad));
        this.webhooks = new RemoteWebhookStore(new InMemoryWebhookStore(), calls);
        this.gate = new RemoteGate(new InMemorySubmissionGateStore(), calls);
        this.leases = new RemoteLeases(new InMemoryShardLeases(), calls);
        this.provider = new SlowProvider(simulation, bad.answers(), out);
        this.tasks = new SlowTasks(simulation, bad.answers());
        this.images = new SlowImages(simulation, bad.answers());
        this.receivers = new SlowReceivers(simulation, bad.answers());
        this.keepsImages = bad.concerns(Service.IMAGES);
        this.bus = Optional.<EventBus>of(new SlowEvents(simulation, bad.answers()))
                .filter(_ -> bad.concerns(Service.EVENT_BUS));
        this.trigger = trigger;
    }

    private void damage(Generation row, Bad bad) {
        if (!row.request().model().value().equals(FewModels.BAD)) {
            return;
        }
        switch (bad.damage()) {
            case ROW -> rows.damage(row.id());
            case INDEX -> rows.makeIndexEntryUnreadable(row.id());
            case NONE -> {}
        }
    }

    private record Timer(Simulation simulation) implements CompletionWaiter {
        @Override
        public <T> Optional<T> await(BlockingQueue<T> queue, Instant until) {
            return simulation.await(queue, until);
        }
    }

    @Override
    public GenerationStore store() {
        return store;
    }

    @Override
    public SubmissionGateStore gate() {
        return gate;
    }

    @Override
    public ShardLeases leases() {
        return leases;
    }

    @Override
    public ImageProvider provider() {
        return provider;
    }

    @Override
    public ModelCatalogue catalogue() {
        return catalogue;
    }

    @Override
    public WorkflowTasks tasks() {
        return tasks;
    }

    @Override
    public Optional<EventBus> bus() {
        return bus;
    }

    @Override
    public WebhookStore webhooks() {
        return webhooks;
    }

    @Override
    public WebhookSender receivers() {
        return receivers;
    }

    @Override
    public boolean keepsImages() {
        return keepsImages;
    }

    @Override
    public ImageSource images() {
        return images;
    }

    @Override
    public ImageArchive archive() {
        return archive;
    }

    @Override
    public SweepTrigger trigger() {
        return trigger;
    }

    @Override
    public CompletionWaiter timer() {
        return new Timer(simulation);
    }

    @Override
    public ExecutorService executor() {
        return executor;
    }

    @Override
    public IntConsumer backOff() {
        return refused -> simulation.sleep(BACK_OFF.multipliedBy(refused));
    }

    @Override
    public InstantSource clock() {
        return simulation.clock();
    }

    @Override
    public InstantSource clockOfThePaidCall() {
        return simulation.clock();
    }

    @Override
    public String uniqueName() {
        return "%032x".formatted(++names);
    }
}
