package dev.darkroom.httpclient;

import java.time.Instant;

/** Is told of every call that had a request, when it has ended, in the thread of the call. It must not throw. */
@FunctionalInterface
public interface CallListener {

    /**
     * A call that has ended.
     *
     * @param operation what its client calls it; empty if it has no name
     */
    record Ended(ByteRequest request, String operation, Instant begun, Instant ended, HttpOutcome outcome) {}

    void ended(Ended call);
}
