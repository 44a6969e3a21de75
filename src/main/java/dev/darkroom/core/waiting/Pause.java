package dev.darkroom.core.waiting;

import java.time.Duration;

/** Lets time pass. In tests it moves the clock. */
@FunctionalInterface
public interface Pause {

    /**
     * Blocks the thread without using CPU time. {@code time} is positive. An interrupt ends it, as when a native
     * function stops.
     */
    void of(Duration time) throws InterruptedException;
}
