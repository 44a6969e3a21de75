package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.TaskToken;

/** The tasks of workflows that wait for generations. */
public interface WorkflowTasks {

    /**
     * Tells the task how a generation ended. A task that nobody waits for any more (told before, timed out, stopped) is
     * told as well as it can be.
     *
     * @throws WorkflowUnavailableException when it could not be told; it may be told again
     */
    void answer(TaskToken task, Generation ended);

    /** Tells the task that its generation is still running. It never throws: the next heartbeat comes soon. */
    void heartbeat(TaskToken task);
}
