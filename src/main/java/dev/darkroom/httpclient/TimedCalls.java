package dev.darkroom.httpclient;

import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Calls clients of {@link RestClients} with a time limit. Errors of the network and the server are outcomes, not
 * exceptions. After a call no connection is left but one that is kept for the next call, and no thread but one that
 * still looks up an address, which sends nothing any more.
 */
public final class TimedCalls {

    private TimedCalls() {}

    /**
     * Makes one call and waits for its end.
     *
     * @param call one call of a client of {@link RestClients}
     * @param largestBody in bytes, of the answer
     * @param timeout for all of it, from looking up the server's address to the last byte of the answer
     */
    public static HttpOutcome send(Supplier<Response> call, int largestBody, Duration timeout) {
        return send(new Exchange(() -> read(call.get(), largestBody)), timeout);
    }

    static HttpOutcome send(Exchange exchange, Duration timeout) {
        // Only closing a socket wakes a thread that is blocked in it, so this thread keeps the time for the other.
        var outcome = CompletableFuture.supplyAsync(
                exchange::run, run -> Thread.ofVirtual().name("http-call").start(run));
        try {
            return outcome.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return abandoned(exchange, outcome);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return abandoned(exchange, outcome);
        }
    }

    private static HttpOutcome read(Response response, int largestBody) throws IOException {
        var headers = response.getStringHeaders().entrySet().stream()
                .collect(Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT), header -> List.copyOf(header.getValue())));
        // Read as a stream and not by a reader for its media type, because the media type may not be valid.
        var body = response.getEntity() instanceof InputStream in ? in : null;
        return new AnswerHead(response.getStatus(), headers).withBody(body, largestBody);
    }

    private static HttpOutcome abandoned(Exchange exchange, CompletableFuture<HttpOutcome> outcome) {
        var soFar = exchange.abandon();
        // The answer may have come at the last moment. Any other outcome says only that the connection was closed just
        // now.
        return outcome.state() == Future.State.SUCCESS && outcome.resultNow() instanceof HttpOutcome.Answered answered
                ? answered
                : soFar;
    }
}
