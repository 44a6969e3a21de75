package dev.darkroom.liveness;

import dev.darkroom.simulation.Calls;
import java.time.Duration;
import java.util.function.Supplier;

/** Calls of the table that take a moment. */
record SlowCalls(Simulation simulation) implements Calls {

    private static final Duration A_MOMENT = Duration.ofMillis(5);

    @Override
    public <T> T read(String name, Supplier<T> call) {
        simulation.sleep(A_MOMENT);
        return call.get();
    }

    @Override
    public <T> T write(String name, Supplier<T> call) {
        return read(name, call);
    }
}
