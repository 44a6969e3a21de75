package dev.darkroom.explorer;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.State;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What the owner of the rows was answered to cancellations. */
final class Cancellations {

    private final Set<GenerationId> cancelled = new LinkedHashSet<>();
    private final Set<GenerationId> refused = new LinkedHashSet<>();

    /** The answer was this row, which has ended. */
    void ended(Generation row) {
        if (row.state() instanceof State.Cancelled) {
            cancelled.add(row.id());
        }
    }

    /** The answer was that the request can no longer be cancelled. */
    void refused(GenerationId id) {
        refused.add(id);
    }

    List<GenerationId> cancelled() {
        return List.copyOf(cancelled);
    }

    List<GenerationId> refused() {
        return List.copyOf(refused);
    }
}
