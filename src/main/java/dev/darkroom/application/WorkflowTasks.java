package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.TaskToken;

/** The tasks of workflows that wait for generations. */
public interface WorkflowTasks {

    /**
     * Tells a task how a generation ended.
     *
     * @return false when nobody waits for it any more: it was told before, has timed out or was stopped
     * @throws WorkflowUnavailableException when it could not be told; it may be told again
     */
    boolean answer(TaskToken task, Generation ended);

    /**
     * Tells a task that its generation is still running. It never throws: the next heartbeat comes soon.
     *
     * @return false when nobody waits for it any more
     */
    boolean heartbeat(TaskToken task);
}
