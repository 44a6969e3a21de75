package dev.darkroom.core.step;

import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/**
 * Sends heartbeats to workflow tasks: at least every {@link Generation#MAX_HEARTBEAT_INTERVAL}, but not in the first
 * minute, because most generations have ended by then.
 */
final class TaskHeartbeat {

    private static final Duration FIRST_HEARTBEAT_AFTER = Duration.ofMinutes(1);

    private final WorkflowTasks tasks;
    private final InstantSource clock;

    TaskHeartbeat(WorkflowTasks tasks, InstantSource clock) {
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Sends the heartbeats of a running generation, and returns the tasks that no longer exist. */
    List<NotifyTask> send(Generation generation) {
        return clock.instant().isBefore(generation.createdAt().plus(FIRST_HEARTBEAT_AFTER))
                ? List.of()
                : generation.waitingTasks().stream()
                        .filter(waiting -> !tasks.heartbeat(waiting.task()))
                        .toList();
    }

    /** The time of the row's next check, at the next heartbeat or earlier. */
    Instant capAtNextHeartbeat(Instant checkAt, Generation generation) {
        var heartbeat = clock.instant().plus(Generation.MAX_HEARTBEAT_INTERVAL);
        return !generation.waitingTasks().isEmpty() && heartbeat.isBefore(checkAt) ? heartbeat : checkAt;
    }
}
