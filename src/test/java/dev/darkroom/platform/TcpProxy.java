package dev.darkroom.platform;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/** Hands connections on, and ends TLS if it is made with a TLS socket factory. */
final class TcpProxy implements AutoCloseable {

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    private volatile URI target = URI.create("http://localhost");

    TcpProxy(ServerSocketFactory sockets) {
        try {
            server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no proxy", e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    /** The proxy's address, once it knows what it stands in front of. */
    URI before(URI address) {
        target = address;
        return URI.create("%s://localhost:%d"
                .formatted(server instanceof SSLServerSocket ? "https" : "http", server.getLocalPort()));
    }

    /** How many were made. */
    int connections() {
        return connections.get();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                connections.incrementAndGet();
                Thread.ofPlatform().daemon().start(() -> handOn(client));
            } catch (IOException _) {
                // The proxy is closed, or a client went away at once.
            }
        }
    }

    private void handOn(Socket client) {
        try (client;
                var upstream = new Socket(target.getHost(), target.getPort())) {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            Thread.ofPlatform().daemon().start(() -> copy(upstream, client));
            copy(client, upstream);
        } catch (IOException _) {
            // A client that does not trust us ends the handshake.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException _) {
            // One side is gone, so the other is closed.
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot be closed", e);
        }
    }
}
