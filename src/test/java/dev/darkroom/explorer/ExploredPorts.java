package dev.darkroom.explorer;

import dev.darkroom.core.DirectExecutor;
import dev.darkroom.core.budget.SpendLimits;
import dev.darkroom.core.catalogue.ModelCatalogue;
import dev.darkroom.core.delivery.WebhookBodies;
import dev.darkroom.core.delivery.WebhookSender;
import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.joining.CallStore;
import dev.darkroom.core.provider.ImageProvider;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.SweepTrigger;
import dev.darkroom.core.sweep.ShardLeases;
import dev.darkroom.core.waiting.CompletionWaiter;
import dev.darkroom.core.webhook.WebhookStore;
import dev.darkroom.simulation.Ports;
import dev.darkroom.simulation.RemoteCallStore;
import dev.darkroom.simulation.RemoteGate;
import dev.darkroom.simulation.RemoteLeases;
import dev.darkroom.simulation.RemoteStore;
import dev.darkroom.simulation.RemoteWebhookStore;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;

/** The ports of one process to the {@link World}. */
final class ExploredPorts implements Ports {

    private final World world;
    private final SimulatedProcess process;
    private final FaultyCalls calls;
    private final InstantSource clockOfThePaidCall;

    ExploredPorts(World world, SimulatedProcess process) {
        this.world = world;
        this.process = process;
        this.calls = new FaultyCalls(world, process);
        var began = world.clock.instant();
        this.clockOfThePaidCall = world.rules.claimsAge() ? world.clock : () -> began;
    }

    @Override
    public GenerationStore store() {
        return new RemoteStore(world.rows, calls, this::written);
    }

    private void written(Generation row) {
        world.note(process, row);
        world.ledger.written(process, row);
        world.followUps.written(row);
    }

    @Override
    public CallStore calls() {
        return new RemoteCallStore(world.calls, calls);
    }

    @Override
    public SubmissionGateStore gate() {
        return new RemoteGate(world.gate, calls);
    }

    @Override
    public ShardLeases leases() {
        return new RemoteLeases(world.leases, calls);
    }

    @Override
    public ImageProvider provider() {
        return new ExploredProvider(world, process, calls);
    }

    @Override
    public ModelCatalogue catalogue() {
        return world.catalogue;
    }

    @Override
    public SpendLimits limits() {
        return _ -> world.rules.limits();
    }

    @Override
    public WorkflowTasks tasks() {
        return new ExploredTasks(world, process, calls);
    }

    @Override
    public WebhookStore webhooks() {
        return new RemoteWebhookStore(world.webhooks, calls);
    }

    @Override
    public WebhookBodies bodies() {
        return (_, ended) -> FollowUpLedger.result(ended);
    }

    @Override
    public WebhookSender receivers() {
        return new ExploredReceivers(world, process, calls);
    }

    /** Triggers start no sweep, because sweeps are processes of the scenario. */
    @Override
    public SweepTrigger trigger() {
        return _ -> {};
    }

    @Override
    public CompletionWaiter timer() {
        return new ExploredTimer(world.clock, calls);
    }

    @Override
    public ExecutorService executor() {
        return new DirectExecutor();
    }

    @Override
    public IntConsumer backOff() {
        return _ -> {};
    }

    @Override
    public InstantSource clock() {
        return world.clock;
    }

    @Override
    public InstantSource clockOfThePaidCall() {
        return clockOfThePaidCall;
    }

    @Override
    public String uniqueName() {
        return world.uniqueName();
    }
}
