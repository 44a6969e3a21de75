package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.TaskToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Tells workflows' tasks that their generation is still running: at least every five minutes, but not in the first minute,
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

    /** The tasks that nobody waits for any more. */
    List<TaskToken> beat(Generation generation) {
        return clock.instant().isBefore(generation.createdAt().plus(NONE_BEFORE))
                ? List.of()
                : generation.caller().waitingTasks().stream()
                        .filter(task -> !tasks.heartbeat(task))
                        .toList();
    }

    /** The row, which is looked at for the tasks' sake even when it waits for hours without work. */
    Generation dueForIt(Generation next) {
        return next.caller().isWaiting() ? next.dueBy(clock.instant().plus(LONGEST_SILENCE)) : next;
    }

    /** When to look at the row again, for the tasks' sake not too late. */
    Instant notTooLate(Instant look, Generation generation) {
        var heartbeat = clock.instant().plus(LONGEST_SILENCE);
        return generation.caller().isWaiting() && heartbeat.isBefore(look) ? heartbeat : look;
    }
}
