package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Tells a workflow's task that its generation is still running: at least every five minutes, but not in the first minute,
 * because most have ended by then.
 */
final class TaskHeartbeat {

    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(5);
    private static final Duration NONE_BEFORE = Duration.ofMinutes(1);

    private final WorkflowTasks tasks;
    private final InstantSource clock;

    TaskHeartbeat(WorkflowTasks tasks, InstantSource clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    void beat(Generation generation) {
        var task = generation.caller().waitingTask();
        if (task != null && !clock.instant().isBefore(generation.createdAt().plus(NONE_BEFORE))) {
            tasks.heartbeat(task);
        }
    }

    /** The row, which is looked at for the task's sake even when it waits for hours without work. */
    Generation dueForIt(Generation next) {
        return next.caller().waitingTask() == null
                ? next
                : next.dueBy(clock.instant().plus(LONGEST_SILENCE));
    }

    /** When to look at the row again, for the task's sake not too late. */
    Instant notTooLate(Instant look, Generation generation) {
        var heartbeat = clock.instant().plus(LONGEST_SILENCE);
        return generation.caller().waitingTask() != null && heartbeat.isBefore(look) ? heartbeat : look;
    }
}
