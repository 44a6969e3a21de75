package dev.darkroom.lambda;

import dev.darkroom.application.CallbackAddress;
import dev.darkroom.application.WorkflowTasks;
import dev.darkroom.application.WorkflowUnavailableException;
import dev.darkroom.domain.Failure;
import dev.darkroom.domain.Generation;
import dev.darkroom.domain.State;
import dev.darkroom.domain.TaskToken;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** Tasks of Step Functions. A task that does not exist any more, or was told before, is refused; that is an end as well. */
public final class StepFunctionsTasks implements WorkflowTasks {

    private static final Logger LOG = Logger.getLogger(StepFunctionsTasks.class);

    private final SfnClient client;
    private final PublicAddress address;

    /** {@code gateway} is our own address, if one is configured: results are read there. */
    public StepFunctionsTasks(SfnClient client, CallbackAddress gateway) {
        this.client = client;
        this.address = PublicAddress.configured(gateway);
    }

    @Override
    public boolean answer(TaskToken task, Generation ended) {
        try {
            if (ended.state() instanceof State.Failed failed) {
                fail(task, failed.failure());
            } else {
                succeed(task, ended);
            }
            return true;
        } catch (TaskTimedOutException | TaskDoesNotExistException | InvalidTokenException e) {
            return gone(e);
        } catch (SdkException e) {
            throw new WorkflowUnavailableException("Step Functions did not take the outcome", e);
        }
    }

    private void succeed(TaskToken task, Generation ended) {
        var data = Json.tree(GenerationView.of(ended, address.result(ended.id())));
        client.sendTaskSuccess(send -> send.taskToken(task.value()).output(data.toString()));
    }

    private void fail(TaskToken task, Failure failure) {
        client.sendTaskFailure(
                failed -> failed.taskToken(task.value()).error(failure.code()).cause(failure.text()));
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
        LOG.info("task-gone");
        MDC.remove("reason");
        return false;
    }
}
