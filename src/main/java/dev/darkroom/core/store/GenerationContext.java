package dev.darkroom.core.store;

import dev.darkroom.core.generation.Failure;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.store.GenerationStore.Update;
import java.time.Instant;
import java.time.InstantSource;

/** What every use case needs: the store, the listener, the sweep trigger and the clock. */
public record GenerationContext(
        GenerationStore store, GenerationListener listener, SweepTrigger trigger, InstantSource clock) {

    public Instant now() {
        return clock.instant();
    }

    /** Triggers a sweep if the generation has ended and the row owes follow-ups. */
    public void triggerForFollowUps(Generation row) {
        if (row.owesFollowUps()) {
            trigger.triggerFor(row);
        }
    }

    /** Writes the next version and returns it, or the row of another writer that was first. */
    public Generation write(Generation next) {
        return write(next, () -> listener.stateChanged(next));
    }

    /** Writes without an event, because the change has no effect at the provider. */
    public Generation writeQuietly(Generation next) {
        return write(next, () -> {});
    }

    /**
     * Fails a row in the queue, with the copies that are not stored yet. Returns the row afterwards, perhaps as another
     * writer that was first has left it.
     */
    public Generation failQueued(Generation row, Failure failure) {
        var current = FanIn.of(row, store);
        while (current.original().version() == row.version()) {
            var failed = current.failed(failure, now());
            var other = failed.write(store);
            if (other.isEmpty()) {
                failed.rows().forEach(listener::stateChanged);
                return failed.original();
            }
            current = other.get();
        }
        return current.original();
    }

    private Generation write(Generation next, Runnable event) {
        return switch (store.update(next)) {
            case Update.Written() -> {
                event.run();
                yield next;
            }
            case Update.Conflict(var current) -> current;
        };
    }
}
