package dev.darkroom.core.followup;

import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.TaskToken;

/** The workflow tasks that wait for generations. */
public interface WorkflowTasks {

    /**
     * Notifies a task how a generation ended.
     *
     * @return false when the task no longer waits: it was notified before, has timed out or was stopped
     * @throws WorkflowUnavailableException when the task could not be notified; it may be notified again
     */
    boolean notifyTask(TaskToken task, Generation ended);

    /**
     * Sends a heartbeat to a task whose generation is still running. It never throws: the next heartbeat comes soon.
     *
     * @return false when the task no longer waits
     */
    boolean heartbeat(TaskToken task);
}
