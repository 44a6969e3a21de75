package dev.darkroom.httpclient;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** A connection to a server, over TLS for https. Any thread may close it, which ends blocked reads and writes of others. */
final class Connection {

    private static final Duration CONNECT = Duration.ofSeconds(1);

    private final Socket socket = new Socket();
    private Socket stream = socket;

    /** Wall-clock time, because the monotonic clock may stand still while a function is frozen. */
    private long keptSince;

    void connect(InetSocketAddress address, Origin origin) throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(address, (int) CONNECT.toMillis());
        if (origin.tls()) {
            stream = secured(origin);
        }
    }

    private Socket secured(Origin origin) throws IOException {
        var factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        var tls = (SSLSocket) factory.createSocket(socket, origin.host(), origin.port(), true);
        var parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        return tls;
    }

    void write(byte[] bytes) throws IOException {
        var out = stream.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    InputStream input() throws IOException {
        return stream.getInputStream();
    }

    void keep() {
        keptSince = System.currentTimeMillis();
    }

    boolean isKeptLongerThan(Duration limit) {
        return System.currentTimeMillis() - keptSince >= limit.toMillis();
    }

    /** Whether the server sent something that no request asked for, such as a 408 before it closes. */
    boolean hasUnreadInput() {
        try {
            return input().available() > 0;
        } catch (IOException _) {
            return true;
        }
    }

    /** Without TLS' closing message, which could wait for a peer that reads nothing. */
    void close() {
        try {
            socket.close();
        } catch (IOException _) {
            // Nothing is left to be done with it.
        }
    }
}
