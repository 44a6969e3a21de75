package dev.darkroom.explorer;

import dev.darkroom.errors.StoreUnavailableException;
import dev.darkroom.simulation.Calls;
import java.util.function.Supplier;

/**
 * The calls of one process to the stores. A call may fail, and other threads may run after its effect. None runs right
 * before the effect, so that what the process has just checked still holds when the call takes effect.
 */
record FaultyCalls(World world, SimulatedProcess process) implements Calls {

    private static final int NEVER_MADE = 1;

    @Override
    public <T> T read(String name, Supplier<T> call) {
        return call(name, call, 2);
    }

    @Override
    public <T> T write(String name, Supplier<T> call) {
        return call(name, call, 3);
    }

    private <T> T call(String name, Supplier<T> call, int outcomes) {
        int outcome = outcome(outcomes);
        world.note(process, outcome == 0 ? name : outcome == NEVER_MADE ? name + " fails" : name + " seems to fail");
        if (outcome == NEVER_MADE) {
            pause();
            throw unavailable();
        }
        var result = call.get();
        pause();
        if (outcome > NEVER_MADE) {
            throw unavailable();
        }
        return result;
    }

    /** 0 when the next call succeeds, otherwise the number of one of its {@code count - 1} failures. */
    int outcome(int count) {
        process.checkAlive();
        return world.fault(count);
    }

    /** Lets other threads run. */
    void pause() {
        world.pause(process);
    }

    private static StoreUnavailableException unavailable() {
        return new StoreUnavailableException("it may have taken effect", new IllegalStateException());
    }
}
