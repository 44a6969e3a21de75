package dev.darkroom.bench.stub;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP server that costs little and records when each request arrived. It has a platform thread for each connection,
 * keeps connections alive, sets TCP_NODELAY and makes one write per answer.
 */
public final class LoopbackServer implements AutoCloseable {

    private static final int BACKLOG = 1024;

    /** Makes an answer with {@link #answer}. It may block, and throws for a request that it cannot answer. */
    public interface Handler {
        byte[] handle(Request request) throws InterruptedException;
    }

    /**
     * A request.
     *
     * @param headers names in lower case
     * @param arrivedAt when the last byte of it was read, as {@link System#nanoTime}
     */
    public record Request(String method, String path, Map<String, String> headers, String body, long arrivedAt) {}

    private final ServerSocket server;
    private final Handler handler;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    public LoopbackServer(Handler handler) {
        this.handler = handler;
        try {
            server = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no free port to listen on", e);
        }
        Thread.ofPlatform().daemon().name("accept-" + port()).start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var connection = server.accept();
                connections.add(connection);
                Thread.ofPlatform().daemon().start(() -> serve(connection));
            }
        } catch (IOException _) {
            // The server was closed.
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            connection.setTcpNoDelay(true);
            var in = new BufferedInputStream(connection.getInputStream());
            var out = connection.getOutputStream();
            for (var request = read(in); request != null; request = read(in)) {
                out.write(answered(request));
                if ("close".equalsIgnoreCase(request.headers().get("connection"))) {
                    return;
                }
            }
        } catch (IOException _) {
            // The function ended, or this server was closed.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            connections.remove(connection);
        }
    }

    /** Answers 501 (Not Implemented) when the handler throws, because clients do not retry that status. */
    private byte[] answered(Request request) throws InterruptedException {
        try {
            return handler.handle(request);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, e);
            return answer(501, Map.of(), String.valueOf(e.getMessage()));
        }
    }

    /** Throws an {@link IllegalStateException} with the reason when the handler could not answer a request. */
    public void requireNoFailure() {
        var first = failure.get();
        if (first != null) {
            throw new IllegalStateException(first.getMessage(), first);
        }
    }

    /** Null at the end of the connection. */
    private static @Nullable Request read(InputStream in) throws IOException {
        var start = line(in).split(" ", -1);
        if (start.length < 2) {
            return null;
        }
        var headers = new HashMap<String, String>();
        for (var line = line(in); !line.isEmpty(); line = line(in)) {
            var parts = line.split(":", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1].strip());
        }
        var body = "chunked".equalsIgnoreCase(headers.get("transfer-encoding"))
                ? chunks(in)
                : in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
        var text = new String(body, StandardCharsets.UTF_8);
        return new Request(start[0], start[1], headers, text, System.nanoTime());
    }

    private static byte[] chunks(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        int length;
        do {
            length = Integer.parseInt(line(in).strip(), 16);
            body.write(in.readNBytes(length));
            line(in);
        } while (length > 0);
        return body.toByteArray();
    }

    /** A line without its line break; also empty at the end of the connection. */
    private static String line(InputStream in) throws IOException {
        var line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            line.append((char) next);
        }
        return line.toString().stripTrailing();
    }

    public static byte[] answer(int status, Map<String, String> headers, String body) {
        var head = new StringBuilder("HTTP/1.1 %d -\r\n".formatted(status));
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        return (head + "Content-Length: " + length + "\r\n\r\n" + body).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        try {
            server.close();
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("a socket cannot be closed", e);
        }
    }
}
