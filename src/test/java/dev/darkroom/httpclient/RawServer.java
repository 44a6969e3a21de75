package dev.darkroom.httpclient;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/** A server of bytes: its answers need not be HTTP, and need not end. */
public final class RawServer implements AutoCloseable {

    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: (\\d+)");
    private static final long MILLIS_PER_DROP = 20;

    /** Writes the answer to a request, whose head and body have been read. The connection is closed after it. */
    @FunctionalInterface
    public interface Answer {

        void write(String request, OutputStream out) throws IOException, InterruptedException;

        /** Sends the text, byte for byte. */
        static Answer of(String text) {
            return (_, out) -> out.write(bytes(text));
        }

        /** Sends the text, and then nothing for as long as the client waits. */
        static Answer andThenSilence(String text) {
            return (_, out) -> {
                out.write(bytes(text));
                out.flush();
                Thread.sleep(Long.MAX_VALUE);
            };
        }

        /** Sends the text, and then one byte every few milliseconds for as long as the client waits. */
        static Answer andThenADrip(String text, char drop) {
            return (_, out) -> {
                out.write(bytes(text));
                while (true) {
                    out.write(drop);
                    out.flush();
                    Thread.sleep(MILLIS_PER_DROP);
                }
            };
        }

        /** Sends the text, and then as much as the client reads. */
        static Answer andThenAFlood(String text, String wave) {
            return (_, out) -> {
                out.write(bytes(text));
                while (true) {
                    out.write(bytes(wave));
                }
            };
        }

        private static byte[] bytes(String text) {
            return text.getBytes(StandardCharsets.ISO_8859_1);
        }
    }

    private final Answer answer;
    private final boolean keepsAlive;
    private final ServerSocket server;
    private final AtomicInteger open = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private RawServer(Answer answer, boolean keepsAlive) {
        this.answer = answer;
        this.keepsAlive = keepsAlive;
        try {
            this.server = new ServerSocket(0, 256, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no socket", e);
        }
        Thread.ofPlatform().daemon().start(this::accept);
    }

    /** A server that answers one request on each connection. */
    public static RawServer answering(Answer answer) {
        return new RawServer(answer, false);
    }

    /** A server that waits for the next request on the same connection. Each answer must end by itself. */
    public static RawServer keepingAlive(Answer answer) {
        return new RawServer(answer, true);
    }

    public URI address() {
        return URI.create("http://localhost:" + server.getLocalPort());
    }

    /** The number of open connections. */
    public int open() {
        return open.get();
    }

    /** The number of connections so far. */
    public int connections() {
        return sockets.size();
    }

    /** The requests so far: heads and bodies. */
    public List<String> requests() {
        return requests;
    }

    /** Closes the open connections, as a server does with idle ones. */
    public void disconnect() {
        try {
            for (var socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a socket cannot be closed", e);
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                socket.setTcpNoDelay(true);
                open.incrementAndGet();
                sockets.add(socket);
                Thread.ofPlatform().daemon().start(() -> serve(socket));
            } catch (IOException _) {
                // The server socket is closed.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var in = new BufferedInputStream(socket.getInputStream());
            do {
                var request = request(in);
                requests.add(request);
                if (!keepsAlive) {
                    interruptWhenItHangsUp(in, Thread.currentThread());
                }
                answer.write(request, socket.getOutputStream());
            } while (keepsAlive);
        } catch (IOException | InterruptedException _) {
            // The client has closed the connection.
        } finally {
            open.decrementAndGet();
        }
    }

    private static void interruptWhenItHangsUp(InputStream in, Thread answering) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                in.read();
            } catch (IOException _) {
                // A reset, like the end of the stream, means that the client has hung up.
            }
            answering.interrupt();
        });
    }

    private static String request(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int read = in.read();
            if (read < 0) {
                throw new EOFException("no request");
            }
            head.append((char) read);
        }
        var length = LENGTH.matcher(head);
        int body = length.find() ? Integer.parseInt(length.group(1)) : 0;
        return head + new String(in.readNBytes(body), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the server cannot be closed", e);
        }
        disconnect();
    }
}
