package dev.darkroom.httpclient;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * Sends requests whose bodies are bytes, to any server, with one time limit for each. Errors of the network and the
 * server are outcomes, not exceptions. It repeats nothing, follows no redirect, and undoes no content encoding.
 */
public final class ByteCalls {

    private static final String CONTENT_LENGTH = "content-length";
    private static final String TRANSFER_ENCODING = "transfer-encoding";

    private final Connections connections;

    private ByteCalls(Connections connections) {
        this.connections = connections;
    }

    /** Connections are kept for the next call for {@code keptAlive}. */
    public static ByteCalls withKeptConnections(Duration keptAlive) {
        return new ByteCalls(Connections.keptFor(keptAlive));
    }

    /** Each call gets a connection of its own, which is closed afterwards. */
    public static ByteCalls withNewConnections() {
        return withNewConnections(_ -> true);
    }

    /**
     * Each call gets a connection of its own. A host whose addresses are not all {@code allowed} is not connected to:
     * the outcome is then {@link HttpOutcome.NotSent} for that cause.
     */
    public static ByteCalls withNewConnections(Predicate<InetAddress> allowed) {
        return new ByteCalls(Connections.newForEachCall(allowed));
    }

    /** The same; {@code resolver} is asked once for each call. */
    public static ByteCalls withNewConnections(Predicate<InetAddress> allowed, AddressLookup resolver) {
        return new ByteCalls(Connections.newForEachCall(allowed, resolver));
    }

    /**
     * Sends a request and waits for its end.
     *
     * @param largestBody in bytes, of the answer
     * @param timeout for all of it, from looking up the server's address to the last byte of the answer
     */
    public HttpOutcome send(ByteRequest request, int largestBody, Duration timeout) {
        return TimedCalls.send(() -> connections.send(request).whole(largestBody), timeout);
    }

    /**
     * The same for an answer whose body is not used: it is answered when its head is there.
     *
     * @param read how many bytes of the body are read at most, so that usual connections end in peace
     */
    public HttpOutcome sendForHead(ByteRequest request, int read, Duration timeout) {
        return TimedCalls.send(() -> connections.send(request).withoutBody(read), timeout);
    }

    /** An answer that says where its body ends: one without it may have been cut off. */
    public static boolean saysItsEnd(HttpOutcome.Answered answer) {
        return List.of(CONTENT_LENGTH, TRANSFER_ENCODING).stream().anyMatch(answer.headers()::containsKey);
    }
}
