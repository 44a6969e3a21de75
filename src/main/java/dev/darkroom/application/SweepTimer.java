package dev.darkroom.application;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;

/** How a sweep waits: for the next element of the queue, but not beyond {@code until}. In tests it moves the clock. */
public interface SweepTimer {

    <T> Optional<T> await(BlockingQueue<T> queue, Instant until) throws InterruptedException;
}
