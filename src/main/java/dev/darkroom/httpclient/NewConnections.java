package dev.darkroom.httpclient;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens connections, with TLS where the address says so. The JDK checks the server's certificate and its name. */
final class NewConnections {

    private static final int CONNECT_MILLIS = (int) Duration.ofSeconds(1).toMillis();

    private final AddressLookup lookup;

    NewConnections(AddressLookup lookup) {
        this.lookup = lookup;
    }

    Connection open(Server server) throws IOException {
        var transport = connected(server);
        return new Connection(transport, server.isEncrypted() ? encrypted(transport, server) : transport);
    }

    /** Tries one address of the host after the other. */
    private Socket connected(Server server) throws IOException {
        IOException failure = new UnknownHostException();
        for (var address : lookup.resolve(server.host())) {
            try {
                return connected(address, server.port());
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }

    private static Socket connected(InetAddress address, int port) throws IOException {
        var socket = SocketChannel.open().socket();
        Exchange.current().begin(() -> Connection.abort(socket));
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static SSLSocket encrypted(Socket transport, Server server) throws IOException {
        var sockets = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var socket = (SSLSocket) sockets.createSocket(transport, server.host(), server.port(), true);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }
}
