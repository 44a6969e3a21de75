package dev.darkroom.local.console;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says what a long start does, with the seconds since it began: at each step, and again every five seconds. */
public final class Progress implements AutoCloseable {

    private static final long INTERVAL_SECONDS = 5;

    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("progress").factory());

    private final Consumer<String> lines;
    private final LongSupplier nanoTime;
    private final long begin;
    private String step = "";

    /** {@code nanoTime} is a clock as {@link System#nanoTime} is. */
    Progress(Consumer<String> lines, LongSupplier nanoTime) {
        this.lines = lines;
        this.nanoTime = nanoTime;
        this.begin = nanoTime.getAsLong();
    }

    /** Begins; {@code lines} gets each line, on this thread and on another one, but never at once. */
    public static Progress start(Consumer<String> lines) {
        var progress = new Progress(lines, System::nanoTime);
        var _ = progress.executor.scheduleWithFixedDelay(
                progress::say, INTERVAL_SECONDS, INTERVAL_SECONDS, TimeUnit.SECONDS);
        return progress;
    }

    /** What happens from now on. */
    public synchronized void step(String what) {
        step = what;
        say();
    }

    synchronized void say() {
        long seconds = TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong() - begin);
        lines.accept("  " + seconds + " s  " + step);
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }
}
