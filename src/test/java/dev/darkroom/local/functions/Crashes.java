package dev.darkroom.local.functions;

import dev.darkroom.local.net.ExitStatus;

/** Events that were not answered, for tests of other packages. */
public final class Crashes {

    private static final int KILLED = 137;

    private Crashes() {}

    /** The event of a sender whose function was killed. */
    public static FailedInvocation of(String function, Sender sender) {
        return FailedInvocation.exited(function, Invocation.of("{}", sender), new ExitStatus(KILLED));
    }
}
