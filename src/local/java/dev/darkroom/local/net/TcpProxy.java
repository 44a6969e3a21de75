package dev.darkroom.local.net;

import dev.darkroom.local.provider.Drip;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLServerSocket;

/**
 * Forwards connections, and terminates TLS when it is made with a TLS socket factory. It can slow down a connection's
 * answers to a byte at a time.
 */
public final class TcpProxy implements AutoCloseable {

    /** More waiting connections than any test opens at once. */
    private static final int BACKLOG = 1024;

    private static final int BUFFER = 8192;

    private final ServerSocket server;
    private final AtomicInteger connections = new AtomicInteger();
    /** How long a byte takes, by the port from which the proxy opened its connection to the target. */
    private final Map<Integer, Duration> slow = new ConcurrentHashMap<>();

    private volatile URI target = URI.create("http://localhost");

    public TcpProxy(ServerSocketFactory sockets) {
        try {
            server = sockets.createServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("the proxy cannot listen on a port", e);
        }
        Thread.ofPlatform().daemon().name("proxy").start(this::accept);
    }

    /** Sets the target of further connections; returns the proxy's own address. */
    public URI before(URI address) {
        target = address;
        return address();
    }

    public URI address() {
        return URI.create("%s://localhost:%s"
                .formatted(server instanceof SSLServerSocket ? "https" : "http", server.getLocalPort()));
    }

    /** How many connections clients have made. */
    public int connections() {
        return connections.get();
    }

    /** Makes each further byte to a client take {@code perByte}; the target sees {@code connection} as its client. */
    public void slowDown(InetSocketAddress connection, Duration perByte) {
        slow.put(connection.getPort(), perByte);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var client = server.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().start(() -> handOn(client));
            } catch (IOException _) {
                // The proxy is closed, or a client disconnected at once.
            }
        }
    }

    private void handOn(Socket client) {
        try (client;
                var upstream = new Socket(target.getHost(), target.getPort())) {
            client.setTcpNoDelay(true);
            upstream.setTcpNoDelay(true);
            int port = upstream.getLocalPort();
            Thread.ofVirtual().start(() -> answer(upstream, client, port));
            copy(client, upstream);
            slow.remove(port);
        } catch (IOException _) {
            // A client that does not trust the certificate ends the handshake.
        }
    }

    private static void copy(Socket from, Socket to) {
        try (var in = from.getInputStream();
                var out = to.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException _) {
            // One side is gone, so the other is closed.
        }
    }

    private void answer(Socket from, Socket to, int port) {
        var buffer = new byte[BUFFER];
        try (var in = from.getInputStream();
                var out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                var perByte = slow.get(port);
                if (perByte == null) {
                    out.write(buffer, 0, read);
                } else {
                    Drip.write(out, buffer, read, perByte);
                }
            }
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
