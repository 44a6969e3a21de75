package dev.darkroom.local.functions;

import dev.darkroom.local.net.ExitStatus;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One event for a function, and its result: an answer, or a {@link FunctionException}.
 *
 * @param ended whether its result is decided, of which it has only one
 */
record Invocation(
        String requestId, String event, Sender sender, AtomicBoolean ended, CompletableFuture<byte[]> answer) {

    static Invocation of(String event, Sender sender) {
        return new Invocation(
                UUID.randomUUID().toString(), event, sender, new AtomicBoolean(), new CompletableFuture<>());
    }

    private boolean end() {
        return ended.compareAndSet(false, true);
    }

    void succeed(byte[] result) {
        if (end()) {
            answer.complete(result);
        }
    }

    /** The function itself answered with an error. */
    void fail(FunctionException error) {
        if (end()) {
            answer.completeExceptionally(error);
        }
    }

    /** The process ended. This is not reported if the terminal has ended all processes. */
    void crash(FailedInvocation failure, ExitStatus status, FunctionListener listener) {
        if (status.isFromTerminal()) {
            fail(failure.error());
        } else {
            fail(failure, listener);
        }
    }

    /** Reports the failure before the sender gets it; false when the result was decided before. */
    boolean fail(FailedInvocation failure, FunctionListener listener) {
        if (!end()) {
            return false;
        }
        listener.failed(failure);
        return answer.completeExceptionally(failure.error());
    }
}
