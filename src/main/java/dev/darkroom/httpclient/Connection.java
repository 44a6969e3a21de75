package dev.darkroom.httpclient;

import java.io.IOException;
import java.net.Socket;
import org.apache.http.config.MessageConstraints;
import org.apache.http.impl.DefaultBHttpClientConnection;
import org.apache.http.impl.entity.StrictContentLengthStrategy;
import org.apache.http.io.BufferInfo;

/**
 * A connection to a server. It reads heads and lengths as the standard requires; by default the library accepts much
 * that is not HTTP.
 */
final class Connection extends DefaultBHttpClientConnection {

    private static final int BUFFER = 8 * 1024;

    private static final int MAX_HEADERS = 1000;

    private static final MessageConstraints LIMITS = MessageConstraints.custom()
            .setMaxLineLength(LimitedHeads.MAX_HEAD)
            .setMaxHeaderCount(MAX_HEADERS)
            .build();

    private final Socket transport;

    /**
     * @param transport the socket that the bytes go through
     * @param socket the same, or TLS on it
     */
    Connection(Socket transport, Socket socket) throws IOException {
        super(
                BUFFER,
                BUFFER,
                null,
                null,
                LIMITS,
                StrictContentLengthStrategy.INSTANCE,
                StrictContentLengthStrategy.INSTANCE,
                null,
                new LimitedHeads());
        this.transport = transport;
        bind(socket);
    }

    /** The server has sent bytes that nobody asked for. {@link #isStale} waits a millisecond for them. */
    boolean hasUnaskedBytes() {
        return getSessionInputBuffer() instanceof BufferInfo buffer && buffer.length() > 0;
    }

    /** Closes it without waiting, from any thread; bytes that are not sent by now are never sent. */
    void abort() {
        abort(transport);
    }

    static void abort(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException _) {
            // It is closed already.
        }
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing more can be done for it.
        }
    }
}
