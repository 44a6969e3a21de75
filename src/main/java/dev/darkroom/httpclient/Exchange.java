package dev.darkroom.httpclient;

import dev.darkroom.httpclient.HttpOutcome.Broken;
import dev.darkroom.httpclient.HttpOutcome.NotSent;
import dev.darkroom.httpclient.HttpOutcome.NotSent.Cause;
import dev.darkroom.httpclient.HttpOutcome.Unanswered;
import jakarta.ws.rs.ProcessingException;
import java.io.IOException;
import java.io.InterruptedIOException;
import org.apache.http.client.methods.HttpRequestBase;
import org.jspecify.annotations.Nullable;

/**
 * A call in progress, without a time limit of its own. The thread that waits for it can abandon it, and then learns how
 * far the call came.
 */
final class Exchange {

    private enum Progress {
        CONNECTING,
        SENT,
        ANSWERED
    }

    /** One call, to the last byte of its answer. */
    @FunctionalInterface
    interface Call {

        HttpOutcome send() throws IOException;
    }

    /** Each call has a thread of its own, and the HTTP client passes no object of ours to the code that sends bytes. */
    private static final ThreadLocal<Exchange> CURRENT = new ThreadLocal<>();

    private final Call call;

    private Progress progress = Progress.CONNECTING;
    private boolean abandoned;
    private @Nullable HttpRequestBase request;

    Exchange(Call call) {
        this.call = call;
    }

    /** The exchange that this thread runs. */
    static Exchange current() {
        return CURRENT.get();
    }

    /** Closes the connection, which ends {@link #run}. Bytes that are not sent by then are never sent. */
    HttpOutcome abandon() {
        Progress reached;
        synchronized (this) {
            abandoned = true;
            reached = progress;
        }
        abort();
        return switch (reached) {
            case CONNECTING -> new NotSent(Cause.UNREACHABLE, "no connection in time");
            case SENT -> new Unanswered("no answer in time");
            case ANSWERED -> new Broken("the answer did not end in time");
        };
    }

    HttpOutcome run() {
        CURRENT.set(this);
        try {
            return call.send();
        } catch (IOException | RuntimeException e) {
            return failed(e instanceof ProcessingException && e.getCause() instanceof Exception cause ? cause : e);
        } finally {
            // Closes the connection of an answer that was not read to its end; any other connection is free or closed
            // by now.
            abort();
            CURRENT.remove();
        }
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

    /** Called before a connection is requested. */
    void begin(HttpRequestBase begun) {
        boolean late;
        synchronized (this) {
            request = begun;
            late = abandoned;
        }
        if (late) {
            begun.abort();
        }
    }

    /** Called before the first byte is sent. */
    synchronized void sending() throws InterruptedIOException {
        if (abandoned) {
            throw new InterruptedIOException();
        }
        progress = Progress.SENT;
    }

    /** Called when the first byte of the answer is there. */
    synchronized void answered() {
        progress = Progress.ANSWERED;
    }

    private void abort() {
        HttpRequestBase begun;
        synchronized (this) {
            begun = request;
        }
        if (begun != null) {
            begun.abort();
        }
    }
}
