package dev.darkroom.explorer;

import dev.darkroom.simulation.SingleCarrier;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Threads of which one runs at a time: at each of its pauses it is chosen who goes on, or whether its process dies. */
final class Interleaving {

    private final SingleCarrier carrier;
    private final Choices choices;
    private final List<Paused> paused = new ArrayList<>();
    private int deaths;
    private int unfinished;
    private @Nullable Throwable failure;
    private @Nullable Thread running;

    /** {@code deaths} is how many processes may die. */
    Interleaving(SingleCarrier carrier, Choices choices, int deaths) {
        this.carrier = carrier;
        this.choices = choices;
        this.deaths = deaths;
    }

    private record Paused(Thread thread, SimulatedProcess process) {}

    /** Begins in {@link #run}, when it is chosen. */
    void start(SimulatedProcess process, Runnable task) {
        unfinished++;
        carrier.start(() -> {
            try {
                pause(process);
                task.run();
            } catch (RuntimeException | Error e) {
                // Whatever a dead process ends with is seen by nobody.
                failure = process.isDead() ? failure : e;
            }
            unfinished--;
        });
    }

    /** Of the thread that calls, until it is chosen. */
    void pause(SimulatedProcess process) {
        process.checkAlive();
        var me = new Paused(Thread.currentThread(), process);
        paused.add(me);
        while (paused.contains(me)) {
            LockSupport.park();
        }
        process.checkAlive();
    }

    /** Until all have ended. Throws {@link AssertionError} when one has ended with an exception, or never ends. */
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
        // Whoever has just paused stands last.
        return paused.getLast().thread() == running
                ? goOnOrNot(paused.getLast())
                : paused.get(choices.chooseFreely(paused.size()));
    }

    /** It goes on, or another one does, or its process dies. */
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
