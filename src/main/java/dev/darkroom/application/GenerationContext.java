package dev.darkroom.application;

import dev.darkroom.application.GenerationStore.Update;
import dev.darkroom.domain.Generation;
import java.time.Instant;
import java.time.InstantSource;

/** What every use case takes: the rows, who listens, what starts sweeps, and the time. */
public record GenerationContext(GenerationStore store, GenerationEvents events, SweepKick kick, InstantSource clock) {

    public Instant now() {
        return clock.instant();
    }

    /** Starts a sweep for a workflow's task that waits to be notified of the row's end. */
    void kickForTasks(Generation row) {
        if (row.state().status().isTerminal() && row.dueAt() != null) {
            kick.kick(row);
        }
    }

    /** Writes the next version and returns it, or what another writer has made of the row meanwhile. */
    Generation write(Generation next) {
        return write(next, () -> events.written(next));
    }

    /** Without an event, because what the provider knows does not change with it. */
    Generation writeQuietly(Generation next) {
        return write(next, () -> {});
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
