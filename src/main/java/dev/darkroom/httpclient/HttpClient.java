package dev.darkroom.httpclient;

import dev.darkroom.httpclient.HttpOutcome.NotSent;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls one server. It repeats nothing, follows no redirect and throws nothing for what the network or the server does. A call
 * that has ended leaves neither a thread nor, unless it is kept for the next one, a connection.
 */
public final class HttpClient {

    private final Connections connections;

    /**
     * @param base of all targets, an absolute http or https URL
     * @param keptAlive how long a connection is kept for the next call
     */
    public HttpClient(URI base, Duration keptAlive) {
        this.connections = new Connections(Origin.of(base), keptAlive);
    }

    /** {@code timeout} is for all of it, from looking up the server's address to the last byte of the answer. */
    public HttpOutcome send(HttpCall call, Duration timeout) {
        byte[] request;
        try {
            request = RequestText.of(call, connections.origin());
        } catch (IllegalArgumentException e) {
            return new NotSent(false, String.valueOf(e.getMessage()));
        }
        var exchange = new Exchange(call, request, connections);
        // A thread that is blocked in a socket is woken by closing it only, so another one, this one, keeps the time.
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

    private static HttpOutcome abandoned(Exchange exchange, CompletableFuture<HttpOutcome> outcome) {
        var soFar = exchange.abandon();
        // It may have come at the last moment. Any other outcome says only that the connection was closed just now.
        return outcome.state() == Future.State.SUCCESS && outcome.resultNow() instanceof HttpOutcome.Answered answered
                ? answered
                : soFar;
    }
}
