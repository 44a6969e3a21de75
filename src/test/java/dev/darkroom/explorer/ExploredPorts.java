package dev.darkroom.explorer;

import dev.darkroom.application.DirectExecutor;
import dev.darkroom.application.GenerationStore;
import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.ModelCatalogue;
import dev.darkroom.application.ShardLeases;
import dev.darkroom.application.SubmissionGateStore;
import dev.darkroom.application.SweepKick;
import dev.darkroom.application.SweepTimer;
import dev.darkroom.domain.Generation;
import dev.darkroom.simulation.Ports;
import dev.darkroom.simulation.RemoteGate;
import dev.darkroom.simulation.RemoteLeases;
import dev.darkroom.simulation.RemoteStore;
import java.time.InstantSource;
import java.util.concurrent.ExecutorService;
import java.util.function.IntConsumer;

/** The {@link World} as one process of it reaches it. */
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

    /** Sweeps are processes of the scenario. */
    @Override
    public SweepKick kick() {
        return _ -> {};
    }

    @Override
    public SweepTimer timer() {
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
