package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.TaskToken;
import java.util.ArrayList;
import java.util.List;

/** Takes one answer for each task, as Step Functions does, and remembers it. */
public final class FakeWorkflowTasks implements WorkflowTasks {

    /** What a task was told. */
    public record Answer(TaskToken task, Generation ended) {}

    private final List<Answer> answers = new ArrayList<>();
    private final List<TaskToken> heartbeats = new ArrayList<>();
    private final List<TaskToken> stopped = new ArrayList<>();
    private int failures;

    @Override
    public synchronized boolean answer(TaskToken task, Generation ended) {
        if (failures > 0) {
            failures--;
            throw new WorkflowUnavailableException("the fake was told not to answer", new IllegalStateException());
        }
        if (isGone(task)) {
            return false;
        }
        answers.add(new Answer(task, ended));
        return true;
    }

    @Override
    public synchronized boolean heartbeat(TaskToken task) {
        heartbeats.add(task);
        return !isGone(task);
    }

    private boolean isGone(TaskToken task) {
        return stopped.contains(task)
                || answers.stream().anyMatch(answer -> answer.task().equals(task));
    }

    /** So many answers cannot be given. */
    public synchronized void failNext(int count) {
        failures = count;
    }

    /** Nobody waits for it any more. */
    public synchronized void stop(TaskToken task) {
        stopped.add(task);
    }

    public synchronized List<Answer> answers() {
        return List.copyOf(answers);
    }

    public synchronized List<TaskToken> heartbeats() {
        return List.copyOf(heartbeats);
    }
}
