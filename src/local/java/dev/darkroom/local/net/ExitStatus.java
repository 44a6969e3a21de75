package dev.darkroom.local.net;

import java.util.Map;

/**
 * How a process ended.
 *
 * @param code the exit code; 128 and the signal's number after a signal
 */
public record ExitStatus(int code) {

    private static final int SIGNALLED = 128;
    private static final int HANGUP = 1;
    private static final int INTERRUPT = 2;

    /** The names of signals in the Go runtime: Lambda's own supervisor is written in Go. */
    private static final Map<Integer, String> SIGNALS = Map.of(
            HANGUP,
            "hangup",
            INTERRUPT,
            "interrupt",
            3,
            "quit",
            4,
            "illegal instruction",
            6,
            "aborted",
            7,
            "bus error",
            8,
            "floating point exception",
            9,
            "killed",
            11,
            "segmentation fault",
            15,
            "terminated");

    /** Lambda's sentence about it. */
    public String sentence() {
        return code == 0 ? "Runtime exited without providing a reason" : "Runtime exited with error: " + reason();
    }

    /** The signal or the exit code, such as {@code signal: killed}. */
    public String reason() {
        var signal = SIGNALS.get(code - SIGNALLED);
        return signal == null ? "exit status " + code : "signal: " + signal;
    }

    /** Whether the terminal ended it, with Ctrl-C or by being closed, and with it every process of the platform. */
    public boolean isFromTerminal() {
        return code == SIGNALLED + HANGUP || code == SIGNALLED + INTERRUPT;
    }
}
