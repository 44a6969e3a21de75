package dev.darkroom.tracing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The daemon of X-Ray as far as a function sees it: a UDP socket. */
public final class TestDaemon implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAST = "that is all";
    private static final int LARGEST = 65_507;

    private final DatagramSocket socket;

    public TestDaemon() {
        try {
            socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            socket.setSoTimeout(10_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /** What was sent so far. A datagram of this method's own ends it, because the loopback keeps their order. */
    public List<JsonNode> received() {
        var documents = new ArrayList<JsonNode>();
        try (var own = new DatagramSocket()) {
            var last = LAST.getBytes(StandardCharsets.UTF_8);
            own.send(new DatagramPacket(last, last.length, address()));
            while (true) {
                var packet = new DatagramPacket(new byte[LARGEST], LARGEST);
                socket.receive(packet);
                var text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
                if (text.equals(LAST)) {
                    return documents;
                }
                var lines = text.split("\n", -1);
                if (lines.length != 2 || !lines[0].equals("{\"format\":\"json\",\"version\":1}")) {
                    throw new IllegalStateException("not a header and a document: " + text);
                }
                documents.add(JSON.readTree(lines[1]));
            }
        } catch (SocketTimeoutException e) {
            throw new IllegalStateException("a datagram was lost", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
