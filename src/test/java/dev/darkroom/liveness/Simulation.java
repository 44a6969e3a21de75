package dev.darkroom.liveness;

import dev.darkroom.simulation.SimulatedClock;
import dev.darkroom.simulation.SingleCarrier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A discrete-event simulation: threads run in no time until all of them wait, and then the clock jumps to the next
 * event.
 */
final class Simulation {

    private final SingleCarrier carrier = new SingleCarrier();
    private final SimulatedClock clock = new SimulatedClock();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparingLong(Event::number));
    private final List<Waiter> waiters = new ArrayList<>();
    private long scheduled;
    private @Nullable Throwable failure;

    private record Event(Instant at, long number, Runnable action) {}

    /** A thread that waits for an element of the queue. */
    private static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private final Queue<?> queue;
        private boolean isOver;

        private Waiter(Queue<?> queue) {
            this.queue = queue;
        }

        private void wake() {
            isOver = true;
            LockSupport.unpark(thread);
        }
    }

    SimulatedClock clock() {
        return clock;
    }

    /** Starts a thread now. */
    void start(Runnable task) {
        carrier.start(() -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                failure = e;
            }
        });
    }

    /** Starts a thread at this time. */
    void startAt(Instant time, Runnable task) {
        at(time, () -> start(task));
    }

    private void at(Instant time, Runnable action) {
        events.add(new Event(time, ++scheduled, action));
    }

    /** Suspends the calling thread for this long. */
    void sleep(Duration duration) {
        var thread = Thread.currentThread();
        var until = clock.instant().plus(duration);
        at(until, () -> LockSupport.unpark(thread));
        while (clock.instant().isBefore(until)) {
            LockSupport.park();
        }
    }

    /** Waits in the calling thread for the queue's next element, until {@code until} at the latest. */
    <T> Optional<T> await(Queue<T> queue, Instant until) {
        var next = queue.poll();
        if (next == null && clock.instant().isBefore(until)) {
            waitFor(queue, until);
            next = queue.poll();
        }
        return Optional.ofNullable(next);
    }

    private void waitFor(Queue<?> queue, Instant until) {
        var waiter = new Waiter(queue);
        waiters.add(waiter);
        if (until.isBefore(Instant.MAX)) {
            at(until, waiter::wake);
        }
        while (!waiter.isOver) {
            LockSupport.park();
        }
        waiters.remove(waiter);
    }

    /** Runs all events until {@code end}. Throws {@link AssertionError} when a thread has ended with an exception. */
    void runUntil(Instant end) {
        do {
            do {
                carrier.run();
            } while (wakeWaiters());
            if (failure != null) {
                throw new AssertionError("a thread ended with " + failure, failure);
            }
        } while (next(end));
        clock.advanceTo(end);
    }

    private boolean next(Instant end) {
        var event = events.peek();
        if (event == null || event.at().isAfter(end)) {
            return false;
        }
        events.remove();
        clock.advanceTo(event.at());
        event.action().run();
        return true;
    }

    private boolean wakeWaiters() {
        boolean any = false;
        for (var waiter : waiters) {
            if (!waiter.isOver && !waiter.queue.isEmpty()) {
                waiter.wake();
                any = true;
            }
        }
        return any;
    }
}
