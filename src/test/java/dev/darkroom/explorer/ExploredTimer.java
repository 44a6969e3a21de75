package dev.darkroom.explorer;

import dev.darkroom.core.waiting.CompletionWaiter;
import dev.darkroom.simulation.SimulatedClock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** Pauses for the other threads instead of waiting, and then moves the clock. */
record ExploredTimer(SimulatedClock clock, FaultyCalls calls) implements CompletionWaiter {

    @Override
    public <T> Optional<T> await(BlockingQueue<T> queue, Instant until) {
        var next = Optional.ofNullable(queue.poll());
        if (next.isEmpty()) {
            calls.pause();
            clock.advanceTo(until);
        }
        return next;
    }
}
