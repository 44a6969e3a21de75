package dev.darkroom.local.functions;

import dev.darkroom.local.net.ExitStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * An event that was not answered because the function's process crashed or exceeded its time limit.
 *
 * @param error what the sender of the event gets
 * @param logLine the line that Lambda writes to the function's log; it has the request id
 */
public record FailedInvocation(String function, FunctionException error, String logLine, Sender sender) {

    private static final String EXITED = "Runtime.ExitError";
    private static final String TIMED_OUT = "Sandbox.Timedout";
    private static final double MILLIS = 1000;

    static FailedInvocation exited(String function, Invocation invocation, ExitStatus status) {
        var message = message(invocation, status.sentence());
        return new FailedInvocation(
                function, new FunctionException(EXITED, message), message + " " + EXITED, invocation.sender());
    }

    static FailedInvocation timedOut(String function, Invocation invocation, Duration limit, Instant at) {
        var sentence = String.format(Locale.ROOT, "Task timed out after %.2f seconds", limit.toMillis() / MILLIS);
        return new FailedInvocation(
                function,
                new FunctionException(TIMED_OUT, message(invocation, sentence)),
                "%s %s %s".formatted(at.truncatedTo(ChronoUnit.MILLIS), invocation.requestId(), sentence),
                invocation.sender());
    }

    private static String message(Invocation invocation, String sentence) {
        return "RequestId: %s Error: %s".formatted(invocation.requestId(), sentence);
    }

    public boolean isTimeOut() {
        return error.type().equals(TIMED_OUT);
    }
}
