package dev.darkroom.httpclient;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.function.Predicate;
import org.apache.http.HttpException;
import org.apache.http.HttpResponse;
import org.apache.http.impl.DefaultConnectionReuseStrategy;
import org.apache.http.protocol.BasicHttpContext;
import org.apache.http.protocol.HTTP;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests within {@link TimedCalls}, in the thread of the call. It repeats nothing, follows no redirect, undoes
 * no content encoding and allows any number of calls at once.
 */
public final class Connections {

    private final WatchedRequests requests = new WatchedRequests();
    private final NewConnections newOnes;
    private final @Nullable KeptConnections kept;

    private Connections(AddressLookup lookup, @Nullable KeptConnections kept) {
        this.newOnes = new NewConnections(lookup);
        this.kept = kept;
    }

    /** Connections are kept for the next call for {@code keptAlive}. */
    public static Connections keptFor(Duration keptAlive) {
        return new Connections(new HostLookup(), new KeptConnections(keptAlive));
    }

    /**
     * Each call gets a connection of its own, which is closed afterwards: a kept connection may have died unnoticed.
     */
    public static Connections newForEachCall() {
        return newForEachCall(_ -> true);
    }

    /**
     * Each call gets a connection of its own. A host whose addresses are not all {@code allowed} is not connected to:
     * the outcome is then {@link HttpOutcome.NotSent} for that cause.
     */
    static Connections newForEachCall(Predicate<InetAddress> allowed) {
        return newForEachCall(allowed, InetAddress::getAllByName);
    }

    /** The same; {@code resolver} is asked once for each call. */
    static Connections newForEachCall(Predicate<InetAddress> allowed, AddressLookup resolver) {
        return new Connections(new AllowedAddresses(new HostLookup(resolver), allowed), null);
    }

    /** Sends the request and waits for the head of its answer. At the end of its body the connection is free again. */
    public Received send(ByteRequest request) throws IOException {
        return send(request, "");
    }

    /** The same, for a request that its client calls {@code operation}. */
    public Received send(ByteRequest request, String operation) throws IOException {
        Exchange.current().asks(request, operation);
        var server = Server.of(request.address());
        var connection = kept == null ? null : kept.take(server);
        if (connection == null) {
            connection = newOnes.open(server);
            Exchange.current().begin(connection::abort);
        }
        return received(execute(request, connection), connection, server);
    }

    private HttpResponse execute(ByteRequest request, Connection connection) throws IOException {
        try {
            return requests.execute(ApacheMessages.request(request, kept != null), connection, new BasicHttpContext());
        } catch (HttpException e) {
            var failure = new ProtocolException("the answer is not HTTP");
            failure.initCause(e);
            throw failure;
        }
    }

    private Received received(HttpResponse response, Connection connection, Server server) throws IOException {
        var head = ApacheMessages.head(response);
        var entity = response.getEntity();
        if (entity == null) {
            end(response, connection, server);
            return new Received(head, 0, InputStream.nullInputStream());
        }
        var body = new EndingStream(entity.getContent(), () -> end(response, connection, server));
        return new Received(head, entity.getContentLength(), body);
    }

    private void end(HttpResponse response, Connection connection, Server server) {
        boolean free = Exchange.current().release();
        if (free && kept != null && isReusable(response)) {
            kept.keep(server, connection);
        } else {
            KeptConnections.close(connection);
        }
    }

    /**
     * A connection is not used again when the response has two headers that say where its body ends: another call could
     * read bytes that follow that end.
     */
    private static boolean isReusable(HttpResponse response) {
        boolean twoLengths =
                response.containsHeader(HTTP.TRANSFER_ENCODING) && response.containsHeader(HTTP.CONTENT_LEN);
        return !twoLengths && DefaultConnectionReuseStrategy.INSTANCE.keepAlive(response, new BasicHttpContext());
    }
}
