package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.TaskToken;
import java.util.ArrayList;
import java.util.List;

/** Remembers what tasks were told. */
public final class FakeWorkflowTasks implements WorkflowTasks {

    /** What a task was told. */
    public record Answer(TaskToken task, Generation ended) {}

    private final List<Answer> answers = new ArrayList<>();
    private final List<TaskToken> heartbeats = new ArrayList<>();
    private int failures;

    @Override
    public synchronized void answer(TaskToken task, Generation ended) {
        if (failures-- > 0) {
            throw new WorkflowUnavailableException("the fake was told not to answer", new IllegalStateException());
        }
        answers.add(new Answer(task, ended));
    }

    @Override
    public synchronized void heartbeat(TaskToken task) {
        heartbeats.add(task);
    }

    /** So many answers cannot be given. */
    public synchronized void failNext(int count) {
        failures = count;
    }

    public synchronized List<Answer> answers() {
        return List.copyOf(answers);
    }

    public synchronized List<TaskToken> heartbeats() {
        return List.copyOf(heartbeats);
    }
}
