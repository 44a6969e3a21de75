package dev.darkroom.httpclient;

import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.httpclient.HttpOutcome.Broken;
import dev.darkroom.httpclient.HttpOutcome.NotSent;
import dev.darkroom.httpclient.HttpOutcome.NotSent.Cause;
import dev.darkroom.httpclient.HttpOutcome.Unanswered;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A call in progress. Another thread can give it up, and then its outcome says how far it came. */
final class Exchange {

    private enum Progress {
        CONNECTING,
        SENT,
        ANSWERED
    }

    /** The HTTP library passes no object of ours to the code that sends bytes. */
    private static final ThreadLocal<@Nullable Exchange> CURRENT = new ThreadLocal<>();

    /** What is sent, and what its client calls it. */
    record Asked(ByteRequest request, String operation) {}

    private final HttpCall call;

    private Progress progress = Progress.CONNECTING;
    private @Nullable Progress givenUpAt;
    private @Nullable Runnable end;
    private @Nullable Asked asked;

    Exchange(HttpCall call) {
        this.call = call;
    }

    /** The exchange that this thread runs. */
    static Optional<Exchange> ofThisThread() {
        return Optional.ofNullable(CURRENT.get());
    }

    static Exchange current() {
        return ofThisThread().orElseThrow(() -> new IllegalStateException("a call without a time limit"));
    }

    /** Called before the connection is opened. */
    void asks(ByteRequest request, String operation) {
        asked = new Asked(request, operation);
    }

    /** What was asked; empty when the call made no request. */
    Optional<Asked> asked() {
        return Optional.ofNullable(asked);
    }

    /** Runs the call in this thread. */
    HttpOutcome run() {
        CURRENT.set(this);
        try {
            var outcome = call.send();
            // The answer may have come at the last moment. Any other outcome says only that the connection was closed
            // just now.
            return outcome instanceof Answered ? outcome : soFar().orElse(outcome);
        } catch (IOException | RuntimeException e) {
            if (Thread.currentThread().isInterrupted()) {
                giveUp();
            }
            return soFar().orElseGet(() -> failed(e));
        } finally {
            // Closes the connection of an answer that was not read to its end; any other connection is free or closed
            // by now.
            close();
            CURRENT.remove();
        }
    }

    /** Closes the connection, which ends {@link #run}. Bytes that are not sent by then are never sent. */
    void giveUp() {
        synchronized (this) {
            if (givenUpAt == null) {
                givenUpAt = progress;
            }
        }
        close();
    }

    private synchronized Optional<HttpOutcome> soFar() {
        return Optional.ofNullable(givenUpAt).map(reached -> switch (reached) {
            case CONNECTING -> new NotSent(Cause.UNREACHABLE, "no connection in time");
            case SENT -> new Unanswered("no answer in time");
            case ANSWERED -> new Broken("the answer did not end in time");
        });
    }

    private synchronized HttpOutcome failed(Exception failure) {
        var name = failure.getClass().getSimpleName();
        return progress == Progress.CONNECTING
                ? new NotSent(cause(failure), "no connection: " + name)
                : new Broken("the connection broke, or the answer is not HTTP: " + name);
    }

    private static Cause cause(Exception failure) {
        return switch (failure) {
            case IOException _ -> Cause.UNREACHABLE;
            case AddressNotAllowedException _ -> Cause.ADDRESS_NOT_ALLOWED;
            default -> Cause.INVALID;
        };
    }

    /**
     * Called before this thread waits for something else than before.
     *
     * @param ending ends the waiting, from any thread
     */
    void begin(Runnable ending) {
        boolean late;
        synchronized (this) {
            end = ending;
            late = givenUpAt != null;
        }
        if (late) {
            ending.run();
        }
    }

    /** Called when the connection is not this call's any more. Says no when it was closed before. */
    synchronized boolean release() {
        end = null;
        return givenUpAt == null;
    }

    /** Called before the first byte is sent. */
    synchronized void sending() throws InterruptedIOException {
        if (givenUpAt != null) {
            throw new InterruptedIOException();
        }
        progress = Progress.SENT;
    }

    /** Called when the first byte of the answer is there. */
    synchronized void answered() {
        progress = Progress.ANSWERED;
    }

    private void close() {
        Runnable ending;
        synchronized (this) {
            ending = end;
        }
        if (ending != null) {
            ending.run();
        }
    }
}
