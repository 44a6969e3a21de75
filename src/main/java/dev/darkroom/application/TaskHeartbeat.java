package dev.darkroom.application;

import dev.darkroom.domain.Generation;
import dev.darkroom.domain.TaskToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Heartbeats of workflows' tasks: at least every {@link Generation#LONGEST_SILENCE}, but not in the first minute, because most
 * generations have ended by then.
 */
final class TaskHeartbeat {

    private static final Duration FIRST_AFTER = Duration.ofMinutes(1);

    private final WorkflowTasks tasks;
    private final InstantSource clock;

    TaskHeartbeat(WorkflowTasks tasks, InstantSource clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Sends them; returns the tasks that no longer exist. */
    List<TaskToken> beat(Generation generation) {
        return clock.instant().isBefore(generation.createdAt().plus(FIRST_AFTER))
                ? List.of()
                : generation.caller().waitingTasks().stream()
                        .filter(task -> !tasks.heartbeat(task))
                        .toList();
    }

    /** When to check the row again, for the tasks' sake not too late. */
    Instant notTooLate(Instant checkAt, Generation generation) {
        var heartbeat = clock.instant().plus(Generation.LONGEST_SILENCE);
        return generation.caller().isWaiting() && heartbeat.isBefore(checkAt) ? heartbeat : checkAt;
    }
}
