package dev.darkroom.local.functions;

import java.time.Duration;
import java.util.Optional;

/** The source of a process's events. */
interface InvocationSource {

    /** Waits up to {@code timeout} for the next event; empty when none came. */
    Optional<Invocation> take(Duration timeout) throws InterruptedException;

    /** Called after each dequeued event, when the process no longer counts as waiting. */
    void dequeued();

    /** Returns an event that the process can no longer handle. */
    void giveBack(Invocation invocation);
}
