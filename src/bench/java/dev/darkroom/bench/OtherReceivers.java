package dev.darkroom.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Receivers of other callers' webhooks, each on an address of its own: Linux takes all of {@code 127.0.0.0/8} for this
 * machine.
 */
final class OtherReceivers implements AutoCloseable {

    private static final int OF_A_NETWORK = 250;

    /** Nothing listens here. */
    private static final int DEAD_PORT = 9;

    private static final int BACKLOG = 1024;

    private final ServerSocket silent = new ServerSocket();
    private final HttpServer good = HttpServer.create(new InetSocketAddress(0), BACKLOG);
    private final int dead;
    private final int hanging;

    /** The system accepts the connections of those that hang, and nobody reads from them. */
    OtherReceivers(int dead, int hanging) throws IOException {
        this.dead = dead;
        this.hanging = hanging;
        silent.bind(new InetSocketAddress(0), 16 * hanging);
        good.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        good.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                exchange.sendResponseHeaders(204, -1);
            }
        });
        good.start();
    }

    /** First those that hang, then those that are dead. */
    List<URI> bad() {
        return Stream.concat(
                        IntStream.range(0, hanging).mapToObj(i -> address(2, i, silent.getLocalPort())),
                        IntStream.range(0, dead).mapToObj(i -> address(1, i, DEAD_PORT)))
                .toList();
    }

    /** As many that answer at once. */
    List<URI> good() {
        return IntStream.range(0, hanging + dead)
                .mapToObj(i -> address(3, i, good.getAddress().getPort()))
                .toList();
    }

    private static URI address(int network, int number, int port) {
        return URI.create("http://127.%d.%d.%d:%d/hook"
                .formatted(network, number / OF_A_NETWORK, number % OF_A_NETWORK + 1, port));
    }

    @Override
    public void close() {
        good.stop(0);
        try {
            silent.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the socket cannot be closed", e);
        }
    }
}
