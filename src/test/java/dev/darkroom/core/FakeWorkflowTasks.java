package dev.darkroom.core;

import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.followup.WorkflowUnavailableException;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.TaskToken;
import java.util.ArrayList;
import java.util.List;

/** Accepts one answer for each task, as Step Functions does, and remembers it. */
public final class FakeWorkflowTasks implements WorkflowTasks {

    /** The generation whose end a task was notified of. */
    public record Answer(TaskToken task, Generation ended) {}

    private final List<Answer> answers = new ArrayList<>();
    private final List<TaskToken> heartbeats = new ArrayList<>();
    private final List<TaskToken> stopped = new ArrayList<>();
    private final List<TaskToken> failing = new ArrayList<>();
    private int failures;

    @Override
    public synchronized boolean notifyTask(TaskToken task, Generation ended) {
        if (failures > 0 || failing.contains(task)) {
            failures--;
            throw new WorkflowUnavailableException("the fake is set not to answer", new IllegalStateException());
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

    /** The next {@code count} notifications fail. */
    public synchronized void failNext(int count) {
        failures = count;
    }

    /** Every notification of this task fails. */
    public synchronized void failFor(TaskToken task) {
        failing.add(task);
    }

    /** The task stops, as when its execution is aborted: it accepts neither an answer nor a heartbeat. */
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
