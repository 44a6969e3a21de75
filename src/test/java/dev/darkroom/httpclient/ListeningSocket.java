package dev.darkroom.httpclient;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A socket that listens and answers nothing. It knows for certain who has connected to it. */
public final class ListeningSocket implements AutoCloseable {

    private final ServerSocket socket;
    private int connections;

    private ListeningSocket(InetSocketAddress address) {
        try {
            this.socket = new ServerSocket();
            socket.bind(address);
        } catch (IOException e) {
            throw new UncheckedIOException(address + " cannot be listened at", e);
        }
    }

    /** Listens on all addresses of this machine, IPv4 and IPv6. */
    public static ListeningSocket onAllAddresses() {
        return new ListeningSocket(new InetSocketAddress(0));
    }

    public static ListeningSocket at(InetAddress address, int port) {
        return new ListeningSocket(new InetSocketAddress(address, port));
    }

    public int port() {
        return socket.getLocalPort();
    }

    /**
     * The number of connections so far, but for its own: it connects once itself, and the system hands over connections
     * in their order. So none is counted too late, and nothing has to be waited for.
     */
    public int connections() {
        var address = socket.getInetAddress().isAnyLocalAddress()
                ? InetAddress.getLoopbackAddress()
                : socket.getInetAddress();
        try (var own = new Socket(address, port())) {
            while (true) {
                try (var accepted = socket.accept()) {
                    if (accepted.getPort() == own.getLocalPort()) {
                        return connections;
                    }
                    connections++;
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the connections cannot be counted", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the socket cannot be closed", e);
        }
    }
}
