package dev.darkroom.httpclient;

import dev.darkroom.httpclient.HttpOutcome.Answered;
import dev.darkroom.httpclient.HttpOutcome.Broken;
import dev.darkroom.httpclient.HttpOutcome.NotSent;
import dev.darkroom.httpclient.HttpOutcome.TooLarge;
import dev.darkroom.httpclient.HttpOutcome.Unanswered;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
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

    /** Each call has a thread of its own, and the REST client passes no object of ours to the code that sends bytes. */
    private static final ThreadLocal<Exchange> CURRENT = new ThreadLocal<>();

    private final Supplier<Response> call;
    private final int largestBody;

    private Progress progress = Progress.CONNECTING;
    private boolean abandoned;
    private @Nullable HttpRequestBase request;

    Exchange(Supplier<Response> call, int largestBody) {
        this.call = call;
        this.largestBody = largestBody;
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
            case CONNECTING -> new NotSent(true, "no connection in time");
            case SENT -> new Unanswered("no answer in time");
            case ANSWERED -> new Broken("the answer did not end in time");
        };
    }

    HttpOutcome run() {
        CURRENT.set(this);
        try {
            return read(call.get());
        } catch (IOException | RuntimeException e) {
            return failed(e instanceof ProcessingException && e.getCause() instanceof Exception cause ? cause : e);
        } finally {
            // Closes the connection of an answer that was not read to its end; any other connection is free or closed
            // by now.
            abort();
            CURRENT.remove();
        }
    }

    private HttpOutcome read(Response response) throws IOException {
        var headers = response.getStringHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT), header -> List.copyOf(header.getValue())));
        var body = new byte[0];
        // Read as a stream and not by a reader for its media type, because the media type may not be valid.
        if (response.getEntity() instanceof InputStream in) {
            body = in.readNBytes(largestBody + 1);
        }
        return body.length > largestBody
                ? new TooLarge(
                        response.getStatus(),
                        Arrays.copyOf(body, largestBody),
                        "the answer is larger than %d KB".formatted(largestBody / 1024))
                : new Answered(response.getStatus(), Map.copyOf(headers), body);
    }

    private synchronized HttpOutcome failed(Exception failure) {
        var name = failure.getClass().getSimpleName();
        return progress == Progress.CONNECTING
                ? new NotSent(failure instanceof IOException, "no connection: " + name)
                : new Broken("the connection broke, or the answer is not HTTP: " + name);
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
