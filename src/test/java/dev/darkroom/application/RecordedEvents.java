package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.Status;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers what happened. */
final class RecordedEvents implements GenerationEvents {

    private final List<Status> written = new CopyOnWriteArrayList<>();
    private final List<GenerationId> failedSteps = new CopyOnWriteArrayList<>();

    @Override
    public void written(Generation generation) {
        written.add(generation.state().status());
    }

    @Override
    public void stepFailed(GenerationId id, RuntimeException cause) {
        failedSteps.add(id);
    }

    List<Status> written() {
        return List.copyOf(written);
    }

    List<GenerationId> failedSteps() {
        return List.copyOf(failedSteps);
    }
}
