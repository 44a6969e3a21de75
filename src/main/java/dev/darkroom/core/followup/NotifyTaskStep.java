package dev.darkroom.core.followup;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.core.store.GenerationListener;

/** Notifies a workflow's task how its generation ended. */
public final class NotifyTaskStep {

    private final WorkflowTasks tasks;
    private final GenerationListener listener;

    public NotifyTaskStep(WorkflowTasks tasks, GenerationListener listener) {
        this.tasks = tasks;
        this.listener = listener;
    }

    /**
     * Notifies the task. The follow-up is done as well if the task no longer waits. A repetition is harmless, because
     * Step Functions accepts only the first notification.
     *
     * @throws WorkflowUnavailableException when the task has to be notified again
     */
    public FollowUpResult attempt(TaskToken task, Generation ended) {
        listener.taskNotified(ended.id(), tasks.notifyTask(task, ended));
        return new FollowUpResult.Done();
    }
}
