package dev.darkroom.explorer;

import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.followup.WorkflowUnavailableException;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.TaskToken;

/** Step Functions, as one process calls it. A notification may fail before or after it has arrived. */
record ExploredTasks(World world, SimulatedProcess process, FaultyCalls calls) implements WorkflowTasks {

    private static final int NEVER_ARRIVED = 1;

    @Override
    public boolean notifyTask(TaskToken task, Generation ended) {
        int outcome = calls.outcome(3);
        var note = "notify " + task.value();
        world.note(process, outcome == 0 ? note : outcome == NEVER_ARRIVED ? note + " fails" : note + " seems to fail");
        boolean isAccepted = outcome != NEVER_ARRIVED
                && world.followUps.arrived(new NotifyTask(task), ended.id(), FollowUpLedger.result(ended));
        calls.pause();
        if (outcome > 0 && world.rules.reportsFailedNotifications()) {
            throw new WorkflowUnavailableException("it may have arrived", new IllegalStateException());
        }
        return isAccepted;
    }

    @Override
    public boolean heartbeat(TaskToken task) {
        process.checkAlive();
        world.note(process, "heartbeat of " + task.value());
        boolean isWaiting = !world.followUps.isDone(new NotifyTask(task));
        calls.pause();
        return isWaiting;
    }
}
