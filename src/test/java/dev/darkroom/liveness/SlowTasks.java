package dev.darkroom.liveness;

import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.followup.WorkflowUnavailableException;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.liveness.Answers.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Step Functions, whose calls take time and fail for the tasks of bad prompts. */
final class SlowTasks implements WorkflowTasks {

    private static final Duration CALL = Duration.ofMillis(100);

    private final Simulation simulation;
    private final Answers toBadPrompts;
    private final Map<TaskToken, Instant> notifiedAt = new LinkedHashMap<>();

    SlowTasks(Simulation simulation, Answers toBadPrompts) {
        this.simulation = simulation;
        this.toBadPrompts = toBadPrompts;
    }

    /** The task of the request for this prompt. */
    static TaskToken of(String prompt) {
        return new TaskToken(prompt);
    }

    @Override
    public boolean notifyTask(TaskToken task, Generation ended) {
        if (!isAnswered(task)) {
            throw new WorkflowUnavailableException("no answer", new IllegalStateException());
        }
        return notifiedAt.putIfAbsent(task, simulation.clock().instant()) == null;
    }

    @Override
    public boolean heartbeat(TaskToken task) {
        return !isAnswered(task) || !notifiedAt.containsKey(task);
    }

    private boolean isAnswered(TaskToken task) {
        var answers = task.value().startsWith(SlowProvider.BAD_PROMPT) ? toBadPrompts : Answers.GOOD;
        simulation.sleep(answers.failure(Service.TASKS).orElse(CALL));
        return answers.failure(Service.TASKS).isEmpty();
    }

    /** When each task was notified for the first time. */
    Map<TaskToken, Instant> notifiedAt() {
        return Map.copyOf(notifiedAt);
    }
}
