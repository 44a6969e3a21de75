package dev.darkroom.bench;

import dev.darkroom.bench.report.Samples;
import dev.darkroom.core.ratelimit.SubmissionGateStore;
import dev.darkroom.core.ratelimit.SubmissionGateStore.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Changes the submission gate by compare and set ten times a second, as the queue's sweep does, until it is closed. A
 * refused write is repeated at once, based on the stored version.
 */
final class GateSweep implements AutoCloseable {

    private static final Duration EVERY = Duration.ofMillis(100);

    private final SubmissionGateStore store;
    private final ScheduledExecutorService executor = Executors.newSingleThreadScheduledExecutor();
    private final Future<?> changes;
    private final Samples times = new Samples();
    private final Samples writes = new Samples();

    GateSweep(SubmissionGateStore store) {
        this.store = store;
        changes = executor.scheduleAtFixedRate(this::change, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void change() {
        long beganAt = System.nanoTime();
        var known = store.read();
        for (int tries = 1; ; tries++) {
            var gate = known.gate().with(known.gate().queue().requeue(Instant.EPOCH));
            switch (store.replace(new SubmissionGateStore.Stored(gate, known.version() + 1))) {
                case Write.Done _ -> {
                    times.addMillis(System.nanoTime() - beganAt);
                    writes.add(tries);
                    return;
                }
                case Write.Refused(var because) -> known = because;
            }
        }
    }

    /** The duration of each change, with its reading; complete when this is closed. */
    Samples times() {
        return times;
    }

    /** The number of writes of each change; complete when this is closed. */
    Samples writes() {
        return writes;
    }

    /** Throws an {@link IllegalStateException} when a change failed. */
    @Override
    public void close() {
        executor.close();
        if (changes.state() == Future.State.FAILED) {
            throw new IllegalStateException("the gate could not be changed", changes.exceptionNow());
        }
    }
}
