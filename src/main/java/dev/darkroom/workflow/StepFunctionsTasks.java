package dev.darkroom.workflow;

import dev.darkroom.core.followup.WorkflowTasks;
import dev.darkroom.core.followup.WorkflowUnavailableException;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.core.generation.State;
import dev.darkroom.core.generation.TaskToken;
import dev.darkroom.errors.GenerationCancelledException;
import dev.darkroom.http.wavespeed.wire.GenerationViews;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/**
 * The tasks of Step Functions. A task that no longer exists, or was notified before, is refused for good, so it is not
 * notified again.
 */
public final class StepFunctionsTasks implements WorkflowTasks {

    private static final Logger LOG = Logger.getLogger(StepFunctionsTasks.class);

    private final SfnClient client;
    private final GenerationViews views;

    public StepFunctionsTasks(SfnClient client, GenerationViews views) {
        this.client = client;
        this.views = views;
    }

    @Override
    public boolean notifyTask(TaskToken task, Generation ended) {
        try {
            switch (ended.state()) {
                case State.Cancelled _ -> cancel(task);
                case State.Failed(var _, var failure, var _) -> fail(task, failure.code(), failure.text());
                case State.Completed _ -> succeed(task, ended);
                case State.Queued _, State.Submitting _, State.Unconfirmed _, State.Processing _ ->
                    throw new IllegalArgumentException("the generation has not ended");
            }
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            return gone(e);
        } catch (SdkException e) {
            throw new WorkflowUnavailableException("Step Functions did not accept the outcome", e);
        }
    }

    private void succeed(TaskToken task, Generation ended) {
        var data = views.json(ended, Optional.empty());
        client.sendTaskSuccess(send -> send.taskToken(task.value()).output(data.toString()));
    }

    /** State machines distinguish this error by its class name. */
    private void cancel(TaskToken task) {
        var cancelled = new GenerationCancelledException();
        fail(task, cancelled.getClass().getName(), String.valueOf(cancelled.getMessage()));
    }

    private void fail(TaskToken task, String error, String cause) {
        client.sendTaskFailure(
                failed -> failed.taskToken(task.value()).error(error).cause(cause));
    }

    @Override
    public boolean heartbeat(TaskToken task) {
        try {
            client.sendTaskHeartbeat(send -> send.taskToken(task.value()));
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            return gone(e);
        } catch (SdkException e) {
            LOG.warn("heartbeat-failed", e);
            return true;
        }
    }

    private static boolean gone(SfnException refusal) {
        MDC.put("reason", refusal.getClass().getSimpleName());
        LOG.info("task-token-expired");
        MDC.remove("reason");
        return false;
    }
}
