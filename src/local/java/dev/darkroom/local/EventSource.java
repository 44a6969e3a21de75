package dev.darkroom.local;

import java.time.Duration;
import java.util.Optional;

/** Where a process gets its events from. */
interface EventSource {

    /** Waits for the next one for so long. */
    Optional<Invocation> take(Duration patience) throws InterruptedException;

    /** Is told after each one that was taken, when the process no longer counts as waiting. */
    void taken();

    /** Takes one back that the process cannot handle any more. */
    void giveBack(Invocation invocation);
}
