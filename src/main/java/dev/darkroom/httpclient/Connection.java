package dev.darkroom.httpclient;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.apache.http.config.MessageConstraints;
import org.apache.http.entity.ContentLengthStrategy;
import org.apache.http.impl.DefaultBHttpClientConnection;
import org.apache.http.impl.entity.StrictContentLengthStrategy;
import org.apache.http.impl.io.ChunkedInputStream;
import org.apache.http.io.BufferInfo;
import org.apache.http.io.SessionInputBuffer;

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

    /** The lines within a chunked body, which are not in its length: those of the chunks, and 64 KB of trailers. */
    private static final MessageConstraints WITHIN_BODY = MessageConstraints.custom()
            .setMaxLineLength(1024)
            .setMaxHeaderCount(64)
            .build();

    private final Socket transport;

    /**
     * @param transport the socket of a channel, which the bytes go through
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

    @Override
    protected InputStream createInputStream(long length, SessionInputBuffer in) {
        return length == ContentLengthStrategy.CHUNKED
                ? new ChunkedInputStream(in, WITHIN_BODY)
                : super.createInputStream(length, in);
    }

    /**
     * The server has not closed it, as far as this machine knows. It does not wait: {@link #isStale} waits a millisecond
     * for bytes, in which a sweep could make two other calls.
     */
    boolean isOpenStill() {
        try {
            // What has arrived may belong to TLS, so only the library may read it.
            return transport.getInputStream().available() > 0 ? !isStale() : nothingIsRead();
        } catch (IOException _) {
            return false;
        }
    }

    private boolean nothingIsRead() throws IOException {
        var channel = transport.getChannel();
        channel.configureBlocking(false);
        try {
            return channel.read(ByteBuffer.allocate(1)) == 0;
        } finally {
            channel.configureBlocking(true);
        }
    }

    /** The server has sent bytes that nobody asked for. */
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
