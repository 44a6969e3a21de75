package dev.darkroom.local;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** EventBridge Scheduler: starts a function at every tick, whatever became of the tick before. */
final class Schedule implements AutoCloseable {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule").factory());

    private final FunctionPool function;
    private final String event;

    Schedule(Duration tick, FunctionPool function, String event) {
        this.function = function;
        this.event = event;
        var _ = executor.scheduleAtFixedRate(this::fire, tick.toMillis(), tick.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** A tick, as it may also come twice. */
    void fire() {
        // Nobody waits for the answer; what a function logs is its own.
        var _ = function.invoke(event);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
