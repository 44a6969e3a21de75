package dev.darkroom.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Receivers of webhooks that are dead or hang, each on an address of its own: Linux takes all of {@code 127.0.0.0/8} for
 * this machine.
 */
final class BadReceivers implements AutoCloseable {

    private static final int OF_A_NETWORK = 250;

    /** Nothing listens here. */
    private static final int DEAD_PORT = 9;

    private final ServerSocket silent = new ServerSocket();
    private final int dead;
    private final int hanging;

    /** The system accepts the connections of those that hang, and nobody reads from them. */
    BadReceivers(int dead, int hanging) throws IOException {
        this.dead = dead;
        this.hanging = hanging;
        silent.bind(new InetSocketAddress(0), 16 * hanging);
    }

    List<URI> addresses() {
        return Stream.concat(
                        IntStream.range(0, hanging).mapToObj(i -> address(2, i, silent.getLocalPort())),
                        IntStream.range(0, dead).mapToObj(i -> address(1, i, DEAD_PORT)))
                .toList();
    }

    private static URI address(int network, int number, int port) {
        return URI.create("http://127.%d.%d.%d:%d/hook"
                .formatted(network, number / OF_A_NETWORK, number % OF_A_NETWORK + 1, port));
    }

    @Override
    public void close() {
        try {
            silent.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the socket cannot be closed", e);
        }
    }
}
