package dev.darkroom.explorer;

import dev.darkroom.simulation.SingleCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Runs one thread at a time. At each pause a choice decides which thread runs next, or that the process dies. */
final class Interleaving {

    private final SingleCarrier carrier;
    private final Choices choices;
    private final List<Paused> paused = new ArrayList<>();
    private int deaths;
    private int unfinished;
    private @Nullable Throwable failure;
    private @Nullable Thread running;

    /** {@code deaths} is the largest number of processes that die. */
    Interleaving(SingleCarrier carrier, Choices choices, int deaths) {
        this.carrier = carrier;
        this.choices = choices;
        this.deaths = deaths;
    }

    private record Paused(Thread thread, SimulatedProcess process) {}

    /** Adds a thread; it begins in {@link #run}, when it is chosen. */
    void start(SimulatedProcess process, Runnable task) {
        unfinished++;
        carrier.start(() -> {
            try {
                pause(process);
                task.run();
            } catch (RuntimeException | Error e) {
                // A dead process has no caller that could see its exception.
                failure = process.isDead() ? failure : e;
            }
            unfinished--;
        });
    }

    /** Suspends the calling thread until it is chosen. */
    void pause(SimulatedProcess process) {
        process.checkAlive();
        var me = new Paused(Thread.currentThread(), process);
        paused.add(me);
        while (paused.contains(me)) {
            LockSupport.park();
        }
        process.checkAlive();
    }

    /**
     * Runs until all threads have ended. Throws {@link AssertionError} when one ends with an exception, or waits for
     * ever.
     */
    void run() {
        carrier.run();
        while (!paused.isEmpty()) {
            var next = next();
            paused.remove(next);
            running = next.thread();
            LockSupport.unpark(next.thread());
            carrier.run();
        }
        if (failure != null) {
            throw new AssertionError("ended with " + failure, failure);
        }
        if (unfinished > 0) {
            throw new AssertionError("%d threads wait for ever".formatted(unfinished));
        }
    }

    private Paused next() {
        for (var thread : paused) {
            if (thread.process().isDead()) {
                return thread;
            }
        }
        // The thread that has just paused is the last one of the list.
        return paused.getLast().thread() == running
                ? goOnOrNot(paused.getLast())
                : paused.get(choices.chooseFreely(paused.size()));
    }

    /** Continues this thread or another one, or kills the process of this one. */
    private Paused goOnOrNot(Paused current) {
        int others = paused.size() - 1;
        int choice = choices.choose(1 + others + (deaths > 0 ? 1 : 0));
        if (choice > others) {
            deaths--;
            current.process().die();
            choices.note(current.process(), "dies");
        }
        return choice == 0 || choice > others ? current : paused.get(choice - 1);
    }
}
