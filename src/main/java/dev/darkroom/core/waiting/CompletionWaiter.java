package dev.darkroom.core.waiting;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** Waits for the next element of a queue, but not beyond {@code until}. In tests it moves the clock. */
public interface CompletionWaiter {

    <T> Optional<T> await(BlockingQueue<T> queue, Instant until) throws InterruptedException;
}
