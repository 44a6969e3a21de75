package dev.darkroom.local.functions;

/** Follows the functions' processes. Called on the thread of each event, so several calls may overlap. */
public interface FunctionListener {

    /** A process wrote a line. */
    void logged(String function, String line);

    /** A crash or a time-out ended an event. Called once for each such event, before its sender gets an answer. */
    void failed(FailedInvocation failure);

    /** A process that had no event ended by itself. {@code reason} is a sentence of Lambda's. */
    void exitedIdle(String function, String reason);
}
