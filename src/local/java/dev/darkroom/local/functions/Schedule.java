package dev.darkroom.local.functions;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** EventBridge Scheduler: invokes a function at every tick, whatever the outcome of the tick before. */
public final class Schedule implements AutoCloseable {

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedule").factory());

    private final InvokableFunction function;
    private final String event;

    public Schedule(Duration tick, InvokableFunction function, String event) {
        this.function = function;
        this.event = event;
        var _ = executor.scheduleAtFixedRate(this::fire, tick.toMillis(), tick.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Fires now; like EventBridge Scheduler, it may fire twice for one tick. */
    public void fire() {
        // The answer is ignored: the function logs its own errors, and the platform its crashes.
        var _ = function.invoke(event, Sender.schedule());
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
