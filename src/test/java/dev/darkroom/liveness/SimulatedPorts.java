package dev.darkroom.liveness;

import dev.darkroom.application.GenerationStore;
import dev.darkroom.application.ImageProvider;
import dev.darkroom.application.InMemoryGenerationStore;
import dev.darkroom.application.InMemoryShardLeases;
import dev.darkroom.application.InMemorySubmissionGateStore;
import dev.darkroom.application.ModelCatalogue;
import dev.darkroom.application.ShardLeases;
import dev.darkroom.application.SubmissionGateStore;
import dev.darkroom.application.SweepKick;
import dev.darkroom.application.SweepTimer;
import dev.darkroom.domain.Generation;
import dev.darkroom.simulation.FewModels;
import dev.darkroom.simulation.Ports;
import dev.darkroom.simulation.RemoteGate;
import dev.darkroom.simulation.RemoteLeases;
import dev.darkroom.simulation.RemoteStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntConsumer;
import java.util.function.Predicate;

/** The world as all processes see it, in simulated time. */
final class SimulatedPorts implements Ports {

    private static final Duration BACK_OFF = Duration.ofMillis(20);

    final InMemoryGenerationStore rows = new InMemoryGenerationStore(1);
    final FewModels catalogue = new FewModels();

    private final Simulation simulation;
    private final GenerationStore store;
    private final SubmissionGateStore gate;
    private final ShardLeases leases;
    private final ImageProvider provider;
    private final SweepKick kick;

    /** Its threads run in the simulation, as those do that start them. */
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    private int names;

    SimulatedPorts(Simulation simulation, Bad bad, Predicate<Instant> out, SweepKick kick) {
        this.simulation = simulation;
        var calls = new SlowCalls(simulation);
        this.store = new RemoteStore(rows, calls, row -> damage(row, bad));
        this.gate = new RemoteGate(new InMemorySubmissionGateStore(), calls);
        this.leases = new RemoteLeases(new InMemoryShardLeases(), calls);
        this.provider = new SlowProvider(simulation, bad.answers(), out);
        this.kick = kick;
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

    private record Timer(Simulation simulation) implements SweepTimer {
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
    public SweepKick kick() {
        return kick;
    }

    @Override
    public SweepTimer timer() {
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
