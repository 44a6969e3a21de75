package dev.darkroom.explorer;

import dev.darkroom.application.StoreUnavailableException;
import dev.darkroom.simulation.Calls;
import java.util.function.Supplier;

/**
 * The calls of one process: each may fail, and after its effect others may go on. Not before: what a process has looked at
 * right before a call holds while the call takes effect.
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

    /** 0 when the next call goes well, else in which of {@code count - 1} ways it fails. */
    int outcome(int count) {
        process.checkAlive();
        return world.fault(count);
    }

    /** Lets others go on. */
    void pause() {
        world.pause(process);
    }

    private static StoreUnavailableException unavailable() {
        return new StoreUnavailableException("it may have taken effect", new IllegalStateException());
    }
}
