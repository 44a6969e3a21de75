package dev.darkroom.simulation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

/**
 * Runs virtual threads only on the thread that calls {@link #run}, in the order in which they become ready. Threads
 * that they start by the JDK's own executors run there too. Needs {@code --add-opens java.base/java.lang=ALL-UNNAMED}.
 */
public final class SingleCarrier {

    private static final MethodHandle NEW_THREAD = newThread();

    private final Queue<Runnable> ready = new ArrayDeque<>();
    private final Executor scheduler = ready::add;

    /** Starts a thread whose task begins in the next {@link #run}. */
    public Thread start(Runnable task) {
        try {
            var thread = (Thread) NEW_THREAD.invokeExact(scheduler, "simulated", 0, task);
            thread.start();
            return thread;
        } catch (Throwable e) {
            throw new IllegalStateException("no virtual thread could be started", e);
        }
    }

    /** Runs until every thread waits or has ended. */
    public void run() {
        for (var next = ready.poll(); next != null; next = ready.poll()) {
            next.run();
        }
    }

    private static MethodHandle newThread() {
        try {
            // The JDK has no public way yet to give virtual threads a scheduler; its own tests do this.
            var method = Class.forName("java.lang.ThreadBuilders")
                    .getDeclaredMethod("newVirtualThread", Executor.class, String.class, int.class, Runnable.class);
            method.setAccessible(true);
            return MethodHandles.lookup().unreflect(method);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JDK starts virtual threads in another way", e);
        }
    }
}
